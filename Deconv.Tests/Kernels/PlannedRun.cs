using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Tests.Kernels;

/// <summary>Runs a plan, which may be made for other limits than the accelerator's own.</summary>
internal static class PlannedRun
{
    /// <summary>What an H100 says of itself, to plan for.</summary>
    public static DeviceLimits Gpu { get; } = new()
    {
        Kind = DeviceKind.Gpu,
        Hardware = HardwareLevel.TensorCores,
        Processors = 132,
        MaxGroupSize = 1024,
        MaxGridSize = int.MaxValue,
    };

    public static float[] Run(Accelerator accelerator, ConvTransposeCase c, ConvTransposePlan plan) =>
        Run(accelerator, c, plan, value => value);

    /// <summary>Runs a plan of elements that floats are rounded to.</summary>
    public static T[] Run<T>(Accelerator accelerator, ConvTransposeCase c, ConvTransposePlan plan, Func<float, T> round)
        where T : unmanaged
    {
        AcceleratorStream stream = accelerator.DefaultStream;
        LoadedVariant kernels = plan.Variant.Load(accelerator, c.Spec.Element);
        using var table = accelerator.Allocate1D([.. plan.Launch.Table.Values, 0]);
        using var scratch = Nothing(accelerator, plan.Launch.ScratchBytes);
        using var input = accelerator.Allocate1D([.. c.Input.Select(round)]);
        using var weight = accelerator.Allocate1D([.. c.Weight.Select(round)]);
        using var bias = accelerator.Allocate1D(c.Bias is { } values ? [.. values.Select(round)] : new T[4]);
        using var output = Nothing(accelerator, Unsafe.SizeOf<T>() * plan.Geometry.OutputCount);
        using var packed = Nothing(accelerator, plan.Packing?.ByteLength ?? 0);
        if (plan.Packing is WeightPacking packing)
            Pack(accelerator, kernels, packing, Bytes(weight), packed.View);
        kernels.Convolve(
            stream,
            plan.Launch,
            new() { Table = table.View, Scratch = scratch.View },
            new()
            {
                Input = Bytes(input),
                Weight = plan.Packing is null ? Bytes(weight) : packed.View,
                Bias = Bytes(bias),
                Output = output.View,
            });
        return [.. MemoryMarshal.Cast<byte, T>(output.GetAsArray1D(stream))];
    }

    private static void Pack(
        Accelerator accelerator,
        LoadedVariant kernels,
        WeightPacking packing,
        ArrayView<byte> weight,
        ArrayView<byte> packed)
    {
        using var table = accelerator.Allocate1D([.. packing.Launch.Table.Values]);
        kernels.Pack!(
            accelerator.DefaultStream,
            packing.Launch,
            new() { Table = table.View, Scratch = default },
            new() { Input = weight, Weight = weight, Bias = weight, Output = packed });
        accelerator.DefaultStream.Synchronize();
    }

    private static ArrayView<byte> Bytes<T>(MemoryBuffer1D<T, Stride1D.Dense> buffer)
        where T : unmanaged => buffer.View.AsContiguous().Cast<byte>();

    /// <summary>Bytes, one at least, that are NaN as numbers.</summary>
    private static MemoryBuffer1D<byte, Stride1D.Dense> Nothing(Accelerator accelerator, long length)
    {
        var values = new byte[Math.Max(length, 1)];
        values.AsSpan().Fill(0xFF);
        return accelerator.Allocate1D(values);
    }
}
