using System.Collections.Immutable;

namespace Deconv;

/// <summary>
/// No accelerator fits what was asked for. The message lists what was found and why each was
/// refused; <see cref="Candidates"/> holds the same as data.
/// </summary>
public sealed class AcceleratorUnavailableException : InvalidOperationException
{
    internal AcceleratorUnavailableException(
        string requested,
        ImmutableArray<AcceleratorCandidate> candidates,
        Exception? cause)
        : base(
            $"No accelerator for '{requested}'. Found: {string.Join("; ", candidates)}.",
            cause)
    {
        Candidates = candidates;
    }

    /// <summary>Every accelerator that was looked at.</summary>
    public IReadOnlyList<AcceleratorCandidate> Candidates { get; }
}
