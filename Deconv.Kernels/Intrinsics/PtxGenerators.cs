using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Types;
using static ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>;

#pragma warning disable IDE0060 // The parameters are those of ILGPU's handlers.

namespace Deconv.Kernels.Intrinsics;

/// <summary>The PTX instructions of <see cref="Hardware"/>, by the names of its methods.</summary>
internal static class PtxGenerators
{
    public static void MultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, "fma.rn.f32", call);

    public static void MultiplyAddDouble(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, "fma.rn.f64", call);

    public static void LoadConstant(PTXBackend backend, PTXCodeGenerator generator, Value call)
    {
        HardwareRegister source = Address(generator, call[0], MemoryAddressSpace.Global);
        PrimitiveRegister[] target = Registers(generator.Allocate(call));
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand("ld.global.nc.v4.f32");
        command.AppendVectorArgument(target);
        command.AppendArgumentValue(source);
    }

    public static void LoadConstantBits(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        LoadOrZeros(generator, "ld.global.nc.u16", sizeof(ushort), call);

    public static void LoadConstantWord(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        LoadOrZeros(generator, "ld.global.nc.u32", sizeof(float), call);

    public static void Join(PTXBackend backend, PTXCodeGenerator generator, Value call)
    {
        const int LowBytesOfBoth = 0x5410;
        PrimitiveRegister low = generator.LoadPrimitive(call[0]);
        PrimitiveRegister high = generator.LoadPrimitive(call[1]);
        HardwareRegister target = generator.AllocateHardware(call);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand("prmt.b32");
        command.AppendArgument(target);
        command.AppendArgument(low);
        command.AppendArgument(high);
        command.AppendConstant(LowBytesOfBoth);
    }

    public static void Copy(PTXBackend backend, PTXCodeGenerator generator, Value call) => CopyOrZeros(
        generator,
        "cp.async.ca.shared.global",
        sizeof(float),
        Address(generator, call[0], MemoryAddressSpace.Shared),
        Behind(generator, call[1], call[2], sizeof(float)),
        Number(generator, call[3]));

    /// <summary>As <see cref="Copy"/>, on devices that cannot do else.</summary>
    public static void CopyAtOnce(PTXBackend backend, PTXCodeGenerator generator, Value call)
    {
        HardwareRegister target = Address(generator, call[0], MemoryAddressSpace.Shared);
        HardwareRegister source = Behind(generator, call[1], call[2], sizeof(float));
        HardwareRegister isThere = Number(generator, call[3]);
        HardwareRegister number = generator.AllocateRegister(BasicValueType.Float32, PTXRegisterKind.Float32);
        using (PTXCodeGenerator.CommandEmitter clear = generator.BeginCommand("mov.f32"))
        {
            clear.AppendArgument(number);
            clear.AppendConstant(0f);
        }

        using (PTXCodeGenerator.CommandEmitter load = generator.BeginCommand("ld.global.f32", new(isThere, isTrue: true)))
        {
            load.AppendArgument(number);
            load.AppendArgumentValue(source);
        }

        using PTXCodeGenerator.CommandEmitter store = generator.BeginCommand("st.shared.f32");
        store.AppendArgumentValue(target);
        store.AppendArgument(number);
    }

    public static void CopyQuadOrZeros(PTXBackend backend, PTXCodeGenerator generator, Value call) => CopyOrZeros(
        generator,
        "cp.async.cg.shared.global",
        4 * sizeof(float),
        Address(generator, call[0], MemoryAddressSpace.Shared),
        Address(generator, call[1], MemoryAddressSpace.Global),
        Number(generator, call[2]));

    public static void CopyQuad(PTXBackend backend, PTXCodeGenerator generator, Value call)
    {
        HardwareRegister target = Address(generator, call[0], MemoryAddressSpace.Shared);
        HardwareRegister source = Address(generator, call[1], MemoryAddressSpace.Global);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand("cp.async.cg.shared.global");
        command.AppendArgumentValue(target);
        command.AppendArgumentValue(source);
        command.AppendConstant(4 * sizeof(float));
    }

    public static void CommitCopies(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        generator.Command("cp.async.commit_group");

    public static void AwaitCopies(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        generator.Command("cp.async.wait_group 0");

    public static void AwaitEarlierCopies(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        generator.Command("cp.async.wait_group 1");

    public static void Barrier(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        generator.Command("bar.sync 0");

    public static void Nothing(PTXBackend backend, PTXCodeGenerator generator, Value call)
    {
    }

    public static void RoundToTensorFloat(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        Emit(generator, "cvt.rna.tf32.f32", call);

    public static void LoadMatrices(PTXBackend backend, PTXCodeGenerator generator, Value call)
    {
        HardwareRegister source = Address(generator, call[0], MemoryAddressSpace.Shared);
        PrimitiveRegister[] target = Registers(generator.Allocate(call));
        using PTXCodeGenerator.CommandEmitter command =
            generator.BeginCommand("ldmatrix.sync.aligned.m8n8.x4.shared.b16");
        command.AppendVectorArgument(target);
        command.AppendArgumentValue(source);
    }

    public static void MultiplyAddTensorFloat(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        MultiplyAddMatrices(generator, "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32", call);

    public static void MultiplyAddHalf(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        MultiplyAddMatrices(generator, "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32", call);

    public static void MultiplyAddBrain(PTXBackend backend, PTXCodeGenerator generator, Value call) =>
        MultiplyAddMatrices(generator, "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32", call);

    /// <summary>An instruction whose operands are numbers, in the order of the call's.</summary>
    private static void Emit(PTXCodeGenerator generator, string instruction, Value call)
    {
        PrimitiveRegister[] sources = [.. call.Nodes.ToArray().Select(node => generator.LoadPrimitive(node))];
        HardwareRegister target = generator.AllocateHardware(call);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand(instruction);
        command.AppendArgument(target);
        foreach (PrimitiveRegister source in sources)
            command.AppendArgument(source);
    }

    private static void LoadOrZeros(PTXCodeGenerator generator, string instruction, int size, Value call)
    {
        HardwareRegister source = Behind(generator, call[0], call[1], size);
        HardwareRegister isThere = Number(generator, call[2]);
        HardwareRegister target = generator.AllocateHardware(call);
        using (PTXCodeGenerator.CommandEmitter clear = generator.BeginCommand("mov.b32"))
        {
            clear.AppendArgument(target);
            clear.AppendConstant(0);
        }

        using PTXCodeGenerator.CommandEmitter load = generator.BeginCommand(instruction, new(isThere, isTrue: true));
        load.AppendArgument(target);
        load.AppendArgumentValue(source);
    }

    /// <summary>
    /// The address of the element in global memory that lies an offset behind another: as two instructions, which
    /// ptxas makes one, while it takes apart the one that PTX has for both.
    /// </summary>
    private static HardwareRegister Behind(PTXCodeGenerator generator, Value pointer, Value offset, int size)
    {
        HardwareRegister start = Address(generator, pointer, MemoryAddressSpace.Global);
        HardwareRegister bytes = generator.AllocateRegister(start.Description);
        HardwareRegister address = generator.AllocateRegister(start.Description);
        using (PTXCodeGenerator.CommandEmitter multiply = generator.BeginCommand("mul.wide.u32"))
        {
            multiply.AppendArgument(bytes);
            multiply.AppendArgument(Number(generator, offset));
            multiply.AppendConstant(size);
        }

        using PTXCodeGenerator.CommandEmitter add = generator.BeginCommand("add.u64");
        add.AppendArgument(address);
        add.AppendArgument(start);
        add.AppendArgument(bytes);
        return address;
    }

    private static HardwareRegister Number(PTXCodeGenerator generator, Value value) =>
        generator.EnsureHardwareRegister(generator.LoadPrimitive(value));

    private static void CopyOrZeros(
        PTXCodeGenerator generator,
        string instruction,
        int size,
        HardwareRegister target,
        HardwareRegister source,
        HardwareRegister isThere)
    {
        HardwareRegister bytes = generator.AllocateInt32Register();

        // Right beside the copy, where ptxas sees that it is all or nothing.
        using (PTXCodeGenerator.CommandEmitter select = generator.BeginCommand("selp.b32"))
        {
            select.AppendArgument(bytes);
            select.AppendConstant(size);
            select.AppendConstant(0);
            select.AppendArgument(isThere);
        }

        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand(instruction);
        command.AppendArgumentValue(target);
        command.AppendArgumentValue(source);
        command.AppendConstant(size);
        command.AppendArgument(bytes);
    }

    private static void MultiplyAddMatrices(PTXCodeGenerator generator, string instruction, Value call)
    {
        PrimitiveRegister[] sum = Registers(generator.Load(call[0]));
        PrimitiveRegister[] left = Hardware(generator, call[1]);
        PrimitiveRegister[] right = Hardware(generator, call[2]);
        PrimitiveRegister[] target = Registers(generator.Allocate(call));
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand(instruction);
        command.AppendVectorArgument(target);
        command.AppendVectorArgument(left);
        command.AppendVectorArgument(right);
        command.AppendVectorArgument(sum);
    }

    private static PrimitiveRegister[] Hardware(PTXCodeGenerator generator, Value value) =>
        [.. Registers(generator.Load(value)).Select(generator.EnsureHardwareRegister)];

    private static PrimitiveRegister[] Registers(Register register)
    {
        var compound = (CompoundRegister)register;
        return compound.SliceAs<PrimitiveRegister>(0, compound.NumChildren);
    }

    /// <summary>A pointer's register; below O2, global pointers are generic and have to be converted.</summary>
    private static HardwareRegister Address(PTXCodeGenerator generator, Value pointer, MemoryAddressSpace space)
    {
        HardwareRegister address = generator.LoadHardware(pointer);
        if (((AddressSpaceType)pointer.Type).AddressSpace == space)
            return address;
        HardwareRegister target = generator.AllocateRegister(address.Description);
        string name = space == MemoryAddressSpace.Shared ? "shared" : "global";
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"cvta.to.{name}.u64");
        command.AppendArgument(target);
        command.AppendArgument(address);
        return target;
    }
}
