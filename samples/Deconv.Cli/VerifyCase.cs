using System.Numerics.Tensors;

namespace Deconv.Samples.Cli;

/// <summary>One call with the result that it must have; the arrays are read when they are needed.</summary>
internal sealed record VerifyCase(string Name, Operator Operator, OperatorArguments Arguments, string Path)
{
    /// <summary>The arrays: x, w and, where the call has one, b; and the result y.</summary>
    /// <exception cref="UserErrorException">A file cannot be read, or lacks an array.</exception>
    public (Operands Operands, Tensor<float> Expected) Read()
    {
        Dictionary<string, Tensor<float>> arrays = Npy.ReadArchive("--cases", Path, ["x", "w", "b", "y"]);
        return (new(Get("x"), Get("w"), arrays.GetValueOrDefault("b")), Get("y"));

        Tensor<float> Get(string name) => arrays.GetValueOrDefault(name)
            ?? throw UserErrorException.Of("--cases", Path, $"it must have an array {name}.npy");
    }
}
