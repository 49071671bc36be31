using ILGPU.Backends.OpenCL;
using ILGPU.IR;

#pragma warning disable IDE0060 // The parameters are those of ILGPU's handlers.

namespace Deconv.Kernels.Intrinsics;

/// <summary>
/// The OpenCL C of <see cref="Hardware"/>, by the names of its methods. Devices copy at once, and have
/// no counterpart to a warp's operations.
/// </summary>
internal static class OpenClGenerators
{
    public static void MultiplyAdd(CLBackend backend, CLCodeGenerator generator, Value call)
    {
        CLCodeGenerator.Variable x = generator.Load(call[0]);
        CLCodeGenerator.Variable y = generator.Load(call[1]);
        CLCodeGenerator.Variable sum = generator.Load(call[2]);
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(generator.Allocate(call), "fma");
        statement.BeginArguments();
        statement.AppendArgument(x);
        statement.AppendArgument(y);
        statement.AppendArgument(sum);
        statement.EndArguments();
    }

    public static void Barrier(CLBackend backend, CLCodeGenerator generator, Value call)
    {
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement("work_group_barrier");
        statement.BeginArguments();
        statement.AppendCommand("CLK_LOCAL_MEM_FENCE");
        statement.EndArguments();
    }

    public static void Copy(CLBackend backend, CLCodeGenerator generator, Value call)
    {
        CLCodeGenerator.Variable target = generator.Load(call[0]);
        CLCodeGenerator.Variable source = generator.Load(call[1]);
        CLCodeGenerator.Variable offset = generator.Load(call[2]);
        CLCodeGenerator.Variable isThere = generator.Load(call[3]);
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(
            $"*{target} = {isThere} ? {source}[{offset}] : 0.0f");
    }

    public static void Nothing(CLBackend backend, CLCodeGenerator generator, Value call)
    {
    }
}
