using Microsoft.ML.OnnxRuntime;

namespace Deconv.Samples.Cli.Bench;

/// <summary>
/// ONNX Runtime's CPU provider with a thread per core, on memory of the caller's: the weight is an
/// initializer, which it prepares once, or an input.
/// </summary>
internal sealed class OnnxRuntimeRun : IBenchRun
{
    private readonly SessionOptions options;
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly float[] result;
    private readonly OrtValue[] inputs;
    private readonly OrtValue[] outputs;
    private readonly string[] names;

    public OnnxRuntimeRun(BenchShape shape, BenchData data, nint[] outputLengths, bool isModule)
    {
        options = new SessionOptions
        {
            IntraOpNumThreads = Environment.ProcessorCount,
            InterOpNumThreads = 1,
        };
        session = new InferenceSession(OnnxModel.Of(shape, isModule ? data.Weight : null), options);
        result = new float[outputLengths.Aggregate((product, length) => product * length)];
        OrtValue input = Value(data.Input, shape.InputLengths);
        inputs = isModule ? [input] : [input, Value(data.Weight, shape.WeightLengths)];
        names = isModule ? [OnnxModel.Input] : [OnnxModel.Input, OnnxModel.Weight];
        outputs = [Value(result, outputLengths)];
    }

    public void Poison() => result.AsSpan().Fill(float.NaN);

    public void Run() => session.Run(runOptions, names, inputs, [OnnxModel.Output], outputs);

    public ReadOnlySpan<float> Result() => result;

    public void Dispose()
    {
        foreach (OrtValue value in inputs.Concat(outputs))
            value.Dispose();
        runOptions.Dispose();
        session.Dispose();
        options.Dispose();
    }

    private static OrtValue Value(float[] values, nint[] lengths) =>
        OrtValue.CreateTensorValueFromMemory(values, [.. lengths.Select(length => (long)length)]);
}
