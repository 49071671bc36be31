namespace Deconv.Samples.Cli;

/// <summary>One call with the result that it must have; the arrays are read when they are needed.</summary>
internal sealed record VerifyCase(string Name, Operator Operator, OperatorArguments Arguments, string Path)
{
    private const string Argument = "--cases";

    /// <summary>
    /// The arrays: x, w and, where the call has one, b, which the type must hold exactly; and the
    /// result y, taken for exact and rounded to the type.
    /// </summary>
    /// <exception cref="UserErrorException">A file cannot be read, lacks an array, or holds other numbers.</exception>
    public (Operands Operands, NpyArray Expected) Read(Dtype dtype)
    {
        Dictionary<string, NpyArray> arrays = Npy.ReadArchive(Argument, Path, ["x", "w", "b", "y"]);
        return (new(Operand("x"), Operand("w"), arrays.ContainsKey("b") ? Operand("b") : null), Get("y").To(dtype));

        NpyArray Operand(string name) => Get(name).ExactlyTo(dtype)
            ?? throw UserErrorException.Of(Argument, Path, $"its array {name}.npy holds numbers that {dtype} has not");

        NpyArray Get(string name) => arrays.GetValueOrDefault(name)
            ?? throw UserErrorException.Of(Argument, Path, $"it must have an array {name}.npy");
    }
}
