using System.Reflection;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Offline;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace Deconv.Tests.Kernels;

/// <summary>The lint sees what it looks for, in a kernel that has it all.</summary>
[TestClass]
public sealed class KernelTextTests
{
    private delegate void Entry(ArrayView<float> values);

    private static MethodInfo EntryPoint => new Entry(CallAndIndexLocalArray).Method;

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
