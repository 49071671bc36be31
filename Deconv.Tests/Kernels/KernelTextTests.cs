using System.Runtime.CompilerServices;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Offline;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace Deconv.Tests.Kernels;

/// <summary>The lint sees what it looks for, in a kernel that has it all.</summary>
[TestClass]
public sealed class KernelTextTests
{
    private delegate void Entry(ArrayView<float> values);

    private static KernelEntry EntryPoint => new("calls", new Entry(CallAndIndexLocalArray).Method);

    private static KernelEntry TwoBarriers => new("barriers", new Entry(BarrierAtTheEndOfALoop).Method);

    [TestMethod]
    public void A_call_in_ptx_is_found_undefined_once_its_definition_is_gone()
    {
        string ptx = OfflineCompiler.ToPtx(EntryPoint, CudaArchitecture.SM_80, OptimizationLevel.O1);
        Assert.AreEqual(1, KernelText.CountPtxEntries(ptx));
        Assert.IsEmpty(KernelText.UndefinedPtxCalls(ptx));

        string[] undefined = KernelText.UndefinedPtxCalls(ptx.Replace(".func", ".removed", StringComparison.Ordinal));

        Assert.HasCount(1, undefined);
        Assert.StartsWith(nameof(Helper), undefined[0]);
    }

    [TestMethod]
    public void A_call_in_opencl_is_found_undefined_once_its_definition_is_gone()
    {
        string source = OfflineCompiler.ToOpenCl(EntryPoint, OptimizationLevel.O1);
        Assert.AreEqual(1, KernelText.CountOpenClKernels(source));
        Assert.IsEmpty(KernelText.UndefinedOpenClCalls(source));

        int kernel = source.IndexOf("kernel void", StringComparison.Ordinal);
        string[] undefined = KernelText.UndefinedOpenClCalls(source[kernel..]);

        Assert.HasCount(1, undefined);
        Assert.StartsWith(nameof(Helper), undefined[0]);
    }

    [TestMethod]
    public void An_indexed_local_array_is_seen_in_ptx()
    {
        Assert.Contains(
            ".local", OfflineCompiler.ToPtx(EntryPoint, CudaArchitecture.SM_80, OptimizationLevel.O1));
    }

    /// <summary>ILGPU 1.5.3 lets loads sink below a barrier at O2: what kernels must be written against.</summary>
    [TestMethod]
    [DataRow(OptimizationLevel.O1, "store barrier load barrier")]
    [DataRow(OptimizationLevel.O2, "store barrier barrier load")]
    public void A_load_that_sank_below_a_barrier_is_seen_in_ptx(OptimizationLevel level, string steps)
    {
        string ptx = OfflineCompiler.ToPtx(TwoBarriers, CudaArchitecture.SM_80, level);

        Assert.AreEqual(steps, string.Join(' ', KernelText.SharedMemorySteps(ptx)));
    }

    private static void BarrierAtTheEndOfALoop(ArrayView<float> values)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(128);
        float sum = 0;
        for (int i = 0; i < values.IntLength; ++i)
        {
            shared[Group.IdxX] = values[i] * Group.IdxX;
            Group.Barrier();
            sum += shared[127 - Group.IdxX];
            Group.Barrier();
        }

        values[Group.IdxX] = sum;
    }

    private static void CallAndIndexLocalArray(ArrayView<float> values)
    {
        var local = new float[4];
        for (int i = 0; i < 4; ++i)
            local[i] = Helper(values[i]);
        values[0] = local[(int)values[1]];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Helper(float value) => value * 3;
}
