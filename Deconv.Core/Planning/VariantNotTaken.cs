namespace Deconv.Planning;

/// <summary>A variant that a plan does without, and why.</summary>
internal sealed record VariantNotTaken(string Name, string Reason);
