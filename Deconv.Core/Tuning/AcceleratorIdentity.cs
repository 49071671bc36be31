namespace Deconv.Tuning;

/// <summary>Which hardware times hold for.</summary>
/// <param name="Kind">The kind of accelerator, as users write it.</param>
/// <param name="Name">The device's name, or the processor's.</param>
/// <param name="Processors">Cores, streaming multiprocessors or compute units.</param>
internal sealed record AcceleratorIdentity(string Kind, string Name, int Processors);
