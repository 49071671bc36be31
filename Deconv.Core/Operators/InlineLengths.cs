using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Deconv.Operators;

/// <summary>The lengths of a tensor of at most four dimensions, in place and not on the heap.</summary>
internal readonly struct InlineLengths
{
    private const int MaxRank = 4;

    private readonly Buffer lengths;
    private readonly int rank;

    public InlineLengths(ReadOnlySpan<nint> lengths)
    {
        lengths.CopyTo(this.lengths);
        rank = lengths.Length;
    }

    [UnscopedRef]
    public ReadOnlySpan<nint> AsSpan() => ((ReadOnlySpan<nint>)lengths)[..rank];

    [InlineArray(MaxRank)]
    private struct Buffer
    {
        private nint first;
    }
}
