using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.Runtime.Cuda;

namespace Deconv.Kernels.Intrinsics;

/// <summary>
/// The contexts that know <see cref="Hardware"/>: ILGPU hands the table of intrinsics to backends when
/// they are made, so that a context learns them while it is built or never.
/// </summary>
internal static class HardwareContexts
{
    /// <summary>The first with copies that a work item need not wait for, and with TF32.</summary>
    private static readonly CudaArchitecture Ampere = CudaArchitecture.SM_80;

    /// <summary>The tables of intrinsics, one of each context, that have them.</summary>
    private static readonly ConditionalWeakTable<IntrinsicImplementationManager, object> Tables = [];

    public static bool Know(Context context) => Tables.TryGetValue(context.GetIntrinsicManager(), out _);

    /// <summary>Teaches the context that is being built; does nothing the second time.</summary>
    public static void Teach(Context.Builder builder)
    {
        IntrinsicImplementationManager table = builder.GetIntrinsicManager();
        if (Tables.TryAdd(table, table))
        {
            TeachCuda(table);
            TeachOldCuda(table);
            TeachOpenCl(table);
        }
    }

    private static void TeachCuda(IntrinsicImplementationManager table)
    {
        Add(nameof(Hardware.MultiplyAdd), PtxGenerators.MultiplyAdd);
        Add(nameof(Hardware.MultiplyAddDouble), PtxGenerators.MultiplyAddDouble);
        Add(nameof(Hardware.LoadConstant), PtxGenerators.LoadConstant);
        Add(nameof(Hardware.LoadConstantBits), PtxGenerators.LoadConstantBits);
        Add(nameof(Hardware.LoadConstantWord), PtxGenerators.LoadConstantWord);
        Add(nameof(Hardware.Join), PtxGenerators.Join);
        Add(nameof(Hardware.Barrier), PtxGenerators.Barrier);
        Add(nameof(Hardware.Pin), PtxGenerators.Nothing);
        Add(nameof(Hardware.Copy), PtxGenerators.Copy, Ampere);
        Add(nameof(Hardware.CopyQuad), PtxGenerators.CopyQuad, Ampere);
        Add(nameof(Hardware.CopyQuadOrZeros), PtxGenerators.CopyQuadOrZeros, Ampere);
        Add(nameof(Hardware.CommitCopies), PtxGenerators.CommitCopies, Ampere);
        Add(nameof(Hardware.AwaitCopies), PtxGenerators.AwaitCopies, Ampere);
        Add(nameof(Hardware.AwaitEarlierCopies), PtxGenerators.AwaitEarlierCopies, Ampere);
        Add(nameof(Hardware.RoundToTensorFloat), PtxGenerators.RoundToTensorFloat, Ampere);
        Add(nameof(Hardware.LoadMatrices), PtxGenerators.LoadMatrices, Ampere);
        Add(nameof(Hardware.MultiplyAddTensorFloat), PtxGenerators.MultiplyAddTensorFloat, Ampere);
        Add(nameof(Hardware.MultiplyAddHalf), PtxGenerators.MultiplyAddHalf, Ampere);
        Add(nameof(Hardware.MultiplyAddBrain), PtxGenerators.MultiplyAddBrain, Ampere);

        void Add(string name, PTXIntrinsic.Handler generator, CudaArchitecture? oldest = null) => table.RegisterMethod(
            MethodOf(name), new PTXIntrinsic(generator.Method, IntrinsicImplementationMode.GenerateCode, oldest, null));
    }

    /// <summary>Older devices copy at once; they have no variant that multiplies matrices.</summary>
    private static void TeachOldCuda(IntrinsicImplementationManager table)
    {
        PTXIntrinsic.Handler nothing = PtxGenerators.Nothing;
        PTXIntrinsic.Handler copy = PtxGenerators.CopyAtOnce;
        Add(nameof(Hardware.Copy), copy.Method, IntrinsicImplementationMode.GenerateCode);
        Add(nameof(Hardware.CopyQuad), Body(nameof(PlainBodies.CopyQuad)), IntrinsicImplementationMode.Redirect);
        Add(nameof(Hardware.CommitCopies), nothing.Method, IntrinsicImplementationMode.GenerateCode);
        Add(nameof(Hardware.AwaitCopies), nothing.Method, IntrinsicImplementationMode.GenerateCode);
        Add(nameof(Hardware.AwaitEarlierCopies), nothing.Method, IntrinsicImplementationMode.GenerateCode);

        void Add(string name, MethodInfo target, IntrinsicImplementationMode mode) =>
            table.RegisterMethod(MethodOf(name), new PTXIntrinsic(target, mode, null, Ampere));
    }

    private static void TeachOpenCl(IntrinsicImplementationManager table)
    {
        Generate(nameof(Hardware.MultiplyAdd), OpenClGenerators.MultiplyAdd);
        Generate(nameof(Hardware.MultiplyAddDouble), OpenClGenerators.MultiplyAdd);
        Generate(nameof(Hardware.Barrier), OpenClGenerators.Barrier);
        Generate(nameof(Hardware.Copy), OpenClGenerators.Copy);
        Generate(nameof(Hardware.Pin), OpenClGenerators.Nothing);
        Generate(nameof(Hardware.CommitCopies), OpenClGenerators.Nothing);
        Generate(nameof(Hardware.AwaitCopies), OpenClGenerators.Nothing);
        Generate(nameof(Hardware.AwaitEarlierCopies), OpenClGenerators.Nothing);
        Add(nameof(Hardware.CopyQuad), Body(nameof(PlainBodies.CopyQuad)), IntrinsicImplementationMode.Redirect);
        Add(nameof(Hardware.LoadConstant), Body(nameof(PlainBodies.LoadConstant)), IntrinsicImplementationMode.Redirect);

        void Generate(string name, CLIntrinsic.Handler generator) =>
            Add(name, generator.Method, IntrinsicImplementationMode.GenerateCode);
        void Add(string name, MethodInfo target, IntrinsicImplementationMode mode) =>
            table.RegisterMethod(MethodOf(name), new CLIntrinsic(target, mode));
    }

    private static MethodInfo MethodOf(string name) => typeof(Hardware).GetMethod(name)!;

    private static MethodInfo Body(string name) => typeof(PlainBodies).GetMethod(name)!;
}
