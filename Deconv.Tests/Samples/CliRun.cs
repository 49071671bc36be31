using System.Numerics.Tensors;
using Deconv.Samples.Cli;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>What one command printed, and its exit code.</summary>
internal sealed record CliResult(int Code, string Output, string Error)
{
    public string LastLine => Output.TrimEnd('\n', '\r').Split('\n')[^1];
}

/// <summary>Runs commands in this process, in a folder of their own that goes with the test.</summary>
internal sealed class CliRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("deconv-cli-").FullName;

    public static CliResult Invoke(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = CommandLine.Run(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>A path in the folder.</summary>
    public string At(string name) => Path.Combine(Folder, name);

    public string Write(string name, NumPyArray<float> array) =>
        Write(name, Tensor.Create(array.Values, [.. array.Lengths.Select(length => (nint)length)]));

    public string Write<T>(string name, Tensor<T> tensor)
        where T : unmanaged
    {
        using FileStream stream = File.Create(At(name));
        Npy.Write(stream, NpyArray.Of(tensor));
        return stream.Name;
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
