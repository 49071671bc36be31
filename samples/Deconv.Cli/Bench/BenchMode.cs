namespace Deconv.Samples.Cli.Bench;

/// <summary>What a timed call includes.</summary>
internal sealed record BenchMode(string Name, string Summary)
{
    public static BenchMode Module { get; } = new(
        "module",
        "operands and result stay on the accelerator, the weight packed before; the weight is a part of the peer's "
        + "model");

    public static BenchMode Functional { get; } = new(
        "functional",
        "host tensors, copied to the accelerator and back, with a weight that is new and packed in each call and a "
        + "new result; the weight is an input of the peer's, which computes in the caller's memory");

    /// <exception cref="UserErrorException">There is no such mode.</exception>
    public static BenchMode Named(string name) => name == Module.Name ? Module
        : name == Functional.Name ? Functional
        : throw UserErrorException.Of("--mode", name, $"it must be {Module.Name} or {Functional.Name}");
}
