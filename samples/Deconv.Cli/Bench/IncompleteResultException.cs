namespace Deconv.Samples.Cli.Bench;

/// <summary>A run left a part of its result unwritten.</summary>
internal sealed class IncompleteResultException(string name)
    : Exception($"{name} is not computed whole: its result has NaN.");
