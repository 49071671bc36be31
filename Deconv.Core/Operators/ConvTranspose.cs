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
    public static Tensor<T> RunOnHost<T>(
        Engine? engine,
        in ConvTransposeCall call,
        in ReadOnlyTensorSpan<T> input,
        in ReadOnlyTensorSpan<T> weight,
        in ReadOnlyTensorSpan<T> bias)
        where T : unmanaged
    {
        engine ??= Engine.Default;
        if (engine.SeesHostMemory && input.IsDense && weight.IsDense && (!call.Spec.HasBias || bias.IsDense))
            return RunInPlace(engine, call, input, weight, bias);
        using DeviceTensor<T> deviceInput = engine.Upload(input);
        using DeviceTensor<T> deviceWeight = engine.Upload(weight);
        using DeviceTensor<T>? deviceBias = call.Spec.HasBias ? engine.Upload(bias) : null;
        using DeviceTensor<T> output = RunOnDevice(call, deviceInput, deviceWeight, deviceBias);
        return output.ToTensor();
    }

    /// <summary>Computes a call where the host tensors are, which saves copies.</summary>
    private static unsafe Tensor<T> RunInPlace<T>(
        Engine engine,
        in ConvTransposeCall call,
        in ReadOnlyTensorSpan<T> input,
        in ReadOnlyTensorSpan<T> weight,
        in ReadOnlyTensorSpan<T> bias)
        where T : unmanaged
    {
        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(call.OutputLengths.AsSpan());
        fixed (T* x = input, w = weight, b = bias, y = result.AsTensorSpan())
        {
            using DeviceTensor<T> seenInput = engine.See(x, input.Lengths);
            using DeviceTensor<T> seenWeight = engine.See(w, weight.Lengths);
            using DeviceTensor<T>? seenBias = call.Spec.HasBias ? engine.See(b, bias.Lengths) : null;
            using DeviceTensor<T> output = engine.See(y, result.Lengths);
            Run(call.Spec, seenInput, seenWeight, seenBias, output);
            engine.Synchronize();
        }

        return result;
    }

    /// <summary>Computes a call into a tensor of the caller's, or a new one.</summary>
    public static DeviceTensor<T> RunOnDevice<T>(
        in ConvTransposeCall call,
        DeviceTensor<T> input,
        DeviceTensor<T> weight,
        DeviceTensor<T>? bias,
        DeviceTensor<T>? output = null,
        PackedWeights? packed = null)
        where T : unmanaged
    {
        if (output is not null)
        {
            call.RequireOutput(output.Lengths);
            Run(call.Spec, input, weight, bias, output, packed);
            return output;
        }

        DeviceTensor<T> result = input.Engine.Allocate<T>(call.OutputLengths.AsSpan());
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
    /// <exception cref="NotSupportedException">Elements are of a type that none may be of.</exception>
    public static void Run<T>(
        in ConvTransposeSpec spec,
        DeviceTensor<T> input,
        DeviceTensor<T> weight,
        DeviceTensor<T>? bias,
        DeviceTensor<T> output,
        PackedWeights? packed = null,
        string? variant = null)
        where T : unmanaged
    {
        Engine engine = input.Engine;
        ConvTransposeSpec asked = spec with
        {
            Element = ElementTypeOf<T>.Value,
            Numerics = spec.Numerics ?? engine.Numerics,
        };
        ConvTransposeGeometry geometry = engine.Resolve(asked, variant);
        RequireOperand(nameof(input), input, engine, geometry.InputCount);
        RequireOperand(nameof(weight), weight, engine, geometry.WeightCount);
        RequireOperand(nameof(output), output, engine, geometry.OutputCount);
        if (bias is not null)
            RequireOperand(nameof(bias), bias, engine, spec.OutputChannels);
        if (geometry.OutputCount == 0)
            return;

        var operands = new KernelOperands
        {
            Input = input.View.Cast<byte>(),
            Weight = weight.View.Cast<byte>(),
            Bias = (bias ?? weight).View.Cast<byte>(),
            Output = output.View.Cast<byte>(),
        };
        RequireApart(nameof(input), operands.Input, operands.Output);
        RequireApart(nameof(weight), operands.Weight, operands.Output);
        RequireApart(nameof(bias), operands.Bias, operands.Output);
        engine.Launch(geometry, operands, packed, variant);
    }

    private static void RequireOperand<T>(
        string argument, DeviceTensor<T> tensor, Engine engine, long count)
        where T : unmanaged
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
