using System.Numerics.Tensors;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Runtime;
using ILGPU;

namespace Deconv.Operators;

/// <summary>
/// The framework-neutral operator on device tensors that every front-end ends in.
/// </summary>
internal static class ConvTranspose
{
    /// <summary>Computes a call on host tensors; the bias may be <c>default</c>.</summary>
    public static Tensor<float> RunOnHost(
        Engine? engine,
        in ConvTransposeCall call,
        in ReadOnlyTensorSpan<float> input,
        in ReadOnlyTensorSpan<float> weight,
        in ReadOnlyTensorSpan<float> bias)
    {
        engine ??= Engine.Default;
        if (engine.SeesHostMemory && input.IsDense && weight.IsDense && (!call.Spec.HasBias || bias.IsDense))
            return RunInPlace(engine, call, input, weight, bias);
        using DeviceTensor<float> deviceInput = engine.Upload(input);
        using DeviceTensor<float> deviceWeight = engine.Upload(weight);
        using DeviceTensor<float>? deviceBias = call.Spec.HasBias ? engine.Upload(bias) : null;
        using DeviceTensor<float> output = RunOnDevice(call, deviceInput, deviceWeight, deviceBias);
        return output.ToTensor();
    }

    /// <summary>Computes a call where the host tensors are, which saves copies.</summary>
    private static unsafe Tensor<float> RunInPlace(
        Engine engine,
        in ConvTransposeCall call,
        in ReadOnlyTensorSpan<float> input,
        in ReadOnlyTensorSpan<float> weight,
        in ReadOnlyTensorSpan<float> bias)
    {
        Tensor<float> result = Tensor.CreateFromShapeUninitialized<float>(call.OutputLengths.AsSpan());
        fixed (float* x = input, w = weight, b = bias, y = result.AsTensorSpan())
        {
            using DeviceTensor<float> seenInput = engine.See(x, input.Lengths);
            using DeviceTensor<float> seenWeight = engine.See(w, weight.Lengths);
            using DeviceTensor<float>? seenBias = call.Spec.HasBias ? engine.See(b, bias.Lengths) : null;
            using DeviceTensor<float> output = engine.See(y, result.Lengths);
            Run(call.Spec, seenInput, seenWeight, seenBias, output);
            engine.Synchronize();
        }

        return result;
    }

    /// <summary>Computes a call into a tensor of the caller's, or a new one.</summary>
    public static DeviceTensor<float> RunOnDevice(
        in ConvTransposeCall call,
        DeviceTensor<float> input,
        DeviceTensor<float> weight,
        DeviceTensor<float>? bias,
        DeviceTensor<float>? output = null,
        PackedWeights? packed = null)
    {
        if (output is not null)
        {
            call.RequireOutput(output.Lengths);
            Run(call.Spec, input, weight, bias, output, packed);
            return output;
        }

        DeviceTensor<float> result = input.Engine.Allocate<float>(call.OutputLengths.AsSpan());
        try
        {
            Run(call.Spec, input, weight, bias, result, packed);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Computes <paramref name="spec"/> into <paramref name="output"/>, each element of which is
    /// overwritten. Returns when the work is enqueued.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The spec cannot be computed, or a tensor is of another engine, of the wrong size, or shares
    /// memory with the output; nothing was enqueued.
    /// </exception>
    public static void Run(
        in ConvTransposeSpec spec,
        DeviceTensor<float> input,
        DeviceTensor<float> weight,
        DeviceTensor<float>? bias,
        DeviceTensor<float> output,
        PackedWeights? packed = null,
        string? variant = null)
    {
        Engine engine = input.Engine;
        ConvTransposeGeometry geometry = engine.Resolve(spec, variant);
        RequireOperand(nameof(input), input, engine, geometry.InputCount);
        RequireOperand(nameof(weight), weight, engine, geometry.WeightCount);
        RequireOperand(nameof(output), output, engine, geometry.OutputCount);
        if (bias is not null)
            RequireOperand(nameof(bias), bias, engine, spec.OutputChannels);
        if (geometry.OutputCount == 0)
            return;

        var operands = new KernelOperands
        {
            Input = input.View,
            Weight = weight.View,
            Bias = bias is null ? weight.View : bias.View,
            Output = output.View,
        };
        RequireApart(nameof(input), operands.Input, operands.Output);
        RequireApart(nameof(weight), operands.Weight, operands.Output);
        RequireApart(nameof(bias), operands.Bias, operands.Output);
        engine.Launch(geometry, operands, packed, variant);
    }

    private static void RequireOperand(
        string argument, DeviceTensor<float> tensor, Engine engine, long count)
    {
        if (tensor.Engine != engine)
            Refusal.Throw(argument, "a tensor of another engine", "all tensors must be of the input's");
        Refusal.Unless(
            tensor.FlattenedLength == count,
            argument,
            tensor.FlattenedLength,
            $"the call needs {count} elements");
    }

    /// <summary>Elements are read after others are written, so the output shares no memory.</summary>
    private static void RequireApart<TView>(string argument, TView operand, TView output)
        where TView : struct, IContiguousArrayView
    {
        bool overlaps = ReferenceEquals(operand.Buffer, output.Buffer)
            && operand.Index < output.Index + output.Length
            && output.Index < operand.Index + operand.Length;
        if (overlaps)
            Refusal.Throw("output", $"in the memory of {argument}", "it must not overlap an operand");
    }
}
