using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Deconv.Tests.Support;

/// <summary>An accelerator that a user brings along, made by ILGPU's own means.</summary>
internal sealed class ForeignAccelerator : IDisposable
{
    private readonly Context context;

    private ForeignAccelerator(Context context)
    {
        this.context = context;
        Accelerator = context.Devices[0].CreateAccelerator(context);
    }

    public Accelerator Accelerator { get; }

    /// <summary>Ends the test as skipped where the machine has no such accelerator.</summary>
    public static ForeignAccelerator Create(string name, OptimizationLevel level = OptimizationLevel.O1)
    {
        AcceleratorKind kind = TestAccelerators.Get(name).Kind;
        return new(Context.Create(builder => Enable(builder, kind).Optimize(level)));
    }

    /// <summary>One whose streams take profiling markers.</summary>
    public static ForeignAccelerator CreateProfiled(string name)
    {
        AcceleratorKind kind = TestAccelerators.Get(name).Kind;
        return new(Context.Create(builder => Enable(builder, kind).Profiling()));
    }

    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
    }

    private static Context.Builder Enable(Context.Builder builder, AcceleratorKind kind) => kind switch
    {
        AcceleratorKind.Cuda => builder.Cuda(),
        AcceleratorKind.OpenCL => builder.OpenCL(),
        _ => builder.CPU(),
    };
}
