namespace Deconv.Samples.Cli.Bench;

/// <summary>What is timed beside a run, in the same process: what others use for the same, or Deconv in float32.</summary>
internal static class Peers
{
    public const string None = "none";
    public const string OnnxRuntime = "onnxruntime";

    /// <summary>Deconv with elements of this type, to see what others gain and cost.</summary>
    public static string Float32 => Dtype.Float32.Name;

    /// <exception cref="UserErrorException">There is no such peer, not in this build, or not for the type.</exception>
    public static void Require(string name, Dtype dtype)
    {
        if (name is not (None or OnnxRuntime) && name != Float32)
            throw UserErrorException.Of("--peer", name, $"it must be {None}, {OnnxRuntime} or {Float32}");
        if (name == OnnxRuntime && dtype != Dtype.Float32)
            throw UserErrorException.Of("--peer", name, $"it is timed with {Dtype.Float32} only, and --dtype is {dtype}");
#if !ONNXRUNTIME
        if (name == OnnxRuntime)
        {
            throw UserErrorException.Of(
                "--peer", name, "this build is without it: build with -p:OnnxRuntimePeer=true, which loads its package");
        }
#endif
    }

    /// <summary>A peer that this build has, with its version.</summary>
    public static string Describe(string name)
    {
#if ONNXRUNTIME
        if (name == OnnxRuntime)
        {
            string version = Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString();
            return $"ONNX Runtime {version}, CPU provider, {Environment.ProcessorCount} threads";
        }
#endif
        return name == Float32 ? $"Deconv in {Float32}" : name;
    }

    /// <summary>The run of a shape with what others use; null for none.</summary>
    public static IBenchRun? Create(
        string name, BenchShape shape, BenchData data, nint[] outputLengths, bool isModule)
    {
#if ONNXRUNTIME
        if (name == OnnxRuntime)
            return new OnnxRuntimeRun(shape, data, outputLengths, isModule);
#else
        _ = (name, shape, data, outputLengths, isModule);
#endif
        return null;
    }
}
