using Deconv.Kernels.Intrinsics;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Offline;
using Deconv.Runtime;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace Deconv.Tests.Kernels;

/// <summary>The hardware's own operations: their instructions, their emulation, and who knows them.</summary>
[TestClass]
public sealed class HardwareTests
{
    private const int Items = 32;

    public static IEnumerable<object[]> AcceleratorRows => TestAccelerators.Rows;

    public static IEnumerable<object[]> LevelRows => OptimizationLevels.Names.Select(level => new object[] { level });

    private delegate void Entry(ArrayView<Quad> input, ArrayView<float> output);

    [TestMethod]
    [DynamicData(nameof(LevelRows))]
    public void Ptx_has_the_instructions(string level)
    {
        string ptx = ToPtx(CopyAndMultiply, CudaArchitecture.SM_80, level)
            + ToPtx(MultiplyMatrices, CudaArchitecture.SM_80, level)
            + ToPtx(CopyHalves, CudaArchitecture.SM_80, level);

        foreach (string instruction in (string[])[
            "ld.global.nc.v4.f32",
            "ld.global.nc.u16",
            "ld.global.nc.u32",
            "prmt.b32",
            "fma.rn.f32",
            "cp.async.ca.shared.global",
            "cp.async.cg.shared.global",
            "cp.async.commit_group",
            "cp.async.wait_group 1",
            "cp.async.wait_group 0",
            "bar.sync 0",
            "cvt.rna.tf32.f32",
            "ldmatrix.sync.aligned.m8n8.x4.shared.b16",
            "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32",
            "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32",
            "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32"])
        {
            Assert.Contains(instruction, ptx);
        }

        Assert.DoesNotContain(".local", ptx);
    }

    [TestMethod]
    [DynamicData(nameof(LevelRows))]
    public void Ptx_of_older_devices_copies_at_once(string level)
    {
        string ptx = ToPtx(CopyAndMultiply, CudaArchitecture.SM_75, level);

        Assert.DoesNotContain("cp.async", ptx);
        Assert.Contains("st.shared", ptx);
        Assert.IsEmpty(KernelText.UndefinedPtxCalls(ptx));
    }

    [TestMethod]
    [DynamicData(nameof(LevelRows))]
    public void OpenCl_orders_local_memory(string level)
    {
        string source = OfflineCompiler.ToOpenCl(
            new("test", new Entry(CopyAndMultiply).Method), OptimizationLevels.Parse(level));

        Assert.Contains("work_group_barrier ( CLK_LOCAL_MEM_FENCE )", source);
        Assert.Contains("fma (", source);
        Assert.IsEmpty(KernelText.UndefinedOpenClCalls(source));
    }

    /// <summary>The pin keeps the load before it above the barrier that follows; see <see cref="KernelTextTests"/>.</summary>
    [TestMethod]
    public void A_pin_keeps_loads_above_the_end_of_their_block()
    {
        string ptx = ToPtx(PinnedLoop, CudaArchitecture.SM_80, "O2");

        Assert.AreEqual("store barrier load barrier", string.Join(' ', KernelText.SharedMemorySteps(ptx)));
    }

    [TestMethod]
    [DynamicData(nameof(AcceleratorRows))]
    public void Copies_arrive_and_products_are_rounded_once(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        if (engine.Accelerator.MaxNumThreadsPerGroup < Items)
            Assert.Inconclusive("Its groups are too small.");

        AssertCopiesArrive(engine.Accelerator);
    }

    [TestMethod]
    public void Copies_are_made_when_they_are_waited_for()
    {
        using Context context = WarpContext();
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);

        AssertCopiesArrive(accelerator);
        float[] seen = Run(accelerator, WatchCopies, new float[4 * Items], 3 * Items);
        CollectionAssert.AreEqual(Enumerable.Repeat(-1f, Items).ToArray(), seen[..Items]);
        CollectionAssert.AreEqual(Enumerable.Repeat(0f, Items).ToArray(), seen[Items..(2 * Items)]);
        CollectionAssert.AreEqual(Enumerable.Repeat(-1f, Items).ToArray(), seen[(2 * Items)..]);
    }

    [TestMethod]
    public void Halves_of_words_are_read_and_joined()
    {
        using Context context = WarpContext();
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        float[] input = [.. Enumerable.Range(0, 4 * Items).Select(i => i - 1 / 3f)];

        CollectionAssert.AreEqual(
            Enumerable.Range(0, Items).Select(i => i < 5 ? 0f : input[i]).ToArray(), Run(accelerator, CopyHalves, input, Items));
    }

    /// <summary>Matrices that are laid out as PTX's manual says; the reference knows only rows and columns.</summary>
    [TestMethod]
    public void Emulated_warps_multiply_matrices()
    {
        using Context context = WarpContext();
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        float[] left = [.. Enumerable.Range(0, 16 * 8).Select(i => i * 37 % 101 - 50f)];
        float[] right = [.. Enumerable.Range(0, 8 * 8).Select(i => i * 53 % 89 - 44f)];

        float[] product = Run(accelerator, MultiplyRows, [.. left, .. right], 16 * 8);

        for (int row = 0; row < 16; ++row)
        {
            for (int column = 0; column < 8; ++column)
            {
                float expected = Enumerable.Range(0, 8).Sum(k => left[row * 8 + k] * right[column * 8 + k]);
                Assert.AreEqual(expected, product[row * 8 + column], $"({row}, {column})");
            }
        }
    }

    [TestMethod]
    [DataRow(1f, 1f)]
    [DataRow(1 + 1f / 1024, 1 + 1f / 1024)]
    [DataRow(1 + 1f / 2048, 1 + 1f / 1024)]
    [DataRow(-1 - 1f / 2048, -1 - 1f / 1024)]
    [DataRow(1 + 1f / 4096, 1f)]
    [DataRow(float.PositiveInfinity, float.PositiveInfinity)]
    [DataRow(0f, 0f)]
    public void Tensor_floats_are_the_nearest(float value, float expected) =>
        Assert.AreEqual(expected, BitConverter.UInt32BitsToSingle(Hardware.RoundToTensorFloat(value)));

    [TestMethod]
    public void A_not_a_number_stays_one() =>
        Assert.IsTrue(float.IsNaN(BitConverter.UInt32BitsToSingle(Hardware.RoundToTensorFloat(float.NaN))));

    [TestMethod]
    public void A_context_knows_the_hardware_if_it_was_built_to()
    {
        using Context foreign = Context.Create(builder => builder.CPU());
        using Context taught = Context.Create(builder => builder.CPU().EnableDeconv().EnableDeconv());

        Assert.IsFalse(HardwareContexts.Know(foreign));
        Assert.IsTrue(HardwareContexts.Know(taught));
        Assert.ThrowsExactly<ArgumentNullException>(() => default(Context.Builder)!.EnableDeconv());
    }

    [TestMethod]
    [DynamicData(nameof(AcceleratorRows))]
    public void Engines_over_foreign_contexts_plan_without_the_hardware(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        HardwareLevel own = LevelOf(TestAccelerators.Get(accelerator).Accelerator);
        HardwareLevel others = LevelOf(foreign.Accelerator);

        Assert.AreEqual(accelerator == "opencl" ? HardwareLevel.Portable : HardwareLevel.Cuda, own);
        Assert.AreEqual(accelerator == "cpu" ? HardwareLevel.Cuda : HardwareLevel.None, others);
    }

    /// <summary>What a device knows of what needs no warps.</summary>
    private static HardwareLevel LevelOf(Accelerator accelerator)
    {
        HardwareLevel level = DeviceDescription.LimitsOf(accelerator).Hardware;
        return level > HardwareLevel.Cuda ? HardwareLevel.Cuda : level;
    }

    private static Context WarpContext() => Context.Create(builder => builder.CPU(new CPUDevice(Items, 1, 1)));

    private static void AssertCopiesArrive(Accelerator accelerator)
    {
        float third = 1f / 3;
        float[] input = [.. Enumerable.Range(0, 4 * Items).Select(i => i % 4 == 0 ? third + i : third)];

        float[] output = Run(accelerator, CopyAndMultiply, input, Items);

        for (int i = 0; i < Items; ++i)
        {
            float neighbour = input[4 * (i ^ 1)];
            float expected = MathF.FusedMultiplyAdd(neighbour, third, i > 3 ? -third : 0f);
            Assert.AreEqual(expected, output[i], $"item {i}");
        }
    }

    private static float[] Run(Accelerator accelerator, Entry kernel, float[] input, int outputs)
    {
        using var source = accelerator.Allocate1D(input);
        using var target = accelerator.Allocate1D(new float[outputs]);
        var launch = KernelLoader.Load<Action<AcceleratorStream, KernelConfig, ArrayView<Quad>, ArrayView<float>>>(
            accelerator, new("test", kernel.Method));
        launch(
            accelerator.DefaultStream,
            new KernelConfig(1, Items),
            source.View.AsContiguous().Cast<Quad>(),
            target.View.AsContiguous());
        return target.GetAsArray1D(accelerator.DefaultStream);
    }

    private static string ToPtx(Entry kernel, CudaArchitecture architecture, string level) =>
        OfflineCompiler.ToPtx(new("test", kernel.Method), architecture, OptimizationLevels.Parse(level));

    /// <summary>Of item i: the first number of its neighbour's quad times a number of its own, less another.</summary>
    private static void CopyAndMultiply(ArrayView<Quad> input, ArrayView<float> output)
    {
        ArrayView<Quad> quads = SharedMemory.Allocate<Quad>(Items);
        ArrayView<float> numbers = SharedMemory.Allocate<float>(Items);
        Hardware.CopyQuad(ref quads[Group.IdxX], ref input[Group.IdxX]);
        Hardware.CommitCopies();
        bool isThere = Group.IdxX > 3;
        int offset = isThere ? 4 * Group.IdxX : int.MaxValue;
        Hardware.Copy(ref numbers[Group.IdxX], ref input.Cast<float>()[1], offset, isThere);
        Hardware.CommitCopies();
        Hardware.AwaitEarlierCopies();
        Hardware.AwaitCopies();
        Hardware.Barrier();
        Quad own = Hardware.LoadConstant(ref input[Group.IdxX]);
        output[Group.IdxX] = Hardware.MultiplyAdd(quads[Group.IdxX ^ 1].X, own.Y, -numbers[Group.IdxX]);
    }

    /// <summary>What is at the targets of two copies after the first has been waited for, and before.</summary>
    private static void WatchCopies(ArrayView<Quad> input, ArrayView<float> output)
    {
        ArrayView<Quad> quads = SharedMemory.Allocate<Quad>(2 * Items);
        ArrayView<Quad> own = quads.SubView(2 * Group.IdxX, 2);
        own[0].X = -1;
        own[1].X = -1;
        Hardware.CopyQuad(ref own[0], ref input[Group.IdxX]);
        Hardware.CommitCopies();
        Hardware.CopyQuad(ref own[1], ref input[Group.IdxX]);
        Hardware.CommitCopies();
        output[Group.IdxX] = own[0].X;
        Hardware.AwaitEarlierCopies();
        output[Items + Group.IdxX] = own[0].X;
        output[2 * Items + Group.IdxX] = own[1].X;
        Hardware.AwaitCopies();
    }

    /// <summary>Of item i: the number i, in halves, whole and through shared memory, or a zero, or -1 if they differ.</summary>
    private static void CopyHalves(ArrayView<Quad> input, ArrayView<float> output)
    {
        ArrayView<Quad> quads = SharedMemory.Allocate<Quad>(Items);
        ref ushort halves = ref input.Cast<ushort>()[0];
        bool isThere = Group.IdxX > 4;
        int offset = isThere ? 2 * Group.IdxX : int.MaxValue;
        uint word = Hardware.Join(
            Hardware.LoadConstantBits(ref halves, offset, isThere),
            Hardware.LoadConstantBits(ref halves, offset + 1, isThere));
        uint same = Hardware.LoadConstantWord(ref input.Cast<float>()[0], offset / 2, isThere);
        Hardware.CopyQuadOrZeros(ref quads[Group.IdxX], ref input[Group.IdxX / 4], isThere);
        Hardware.CommitCopies();
        Hardware.AwaitCopies();
        float other = quads.Cast<float>()[4 * Group.IdxX + Group.IdxX % 4];
        output[Group.IdxX] = other == Interop.IntAsFloat(word) && word == same ? other : -1f;
    }

    private static void PinnedLoop(ArrayView<Quad> input, ArrayView<float> output)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(Items);
        float sum = 0;
        for (int i = 0; i < input.IntLength; ++i)
        {
            shared[Group.IdxX] = output[i] * Group.IdxX;
            Group.Barrier();
            sum += shared[Items - 1 - Group.IdxX];
            Group.Barrier();
            Hardware.Pin();
        }

        output[Group.IdxX] = sum;
    }

    /// <summary>The input is 16 rows of the left factor, then 8 columns of the right one, 8 numbers each.</summary>
    private static void MultiplyRows(ArrayView<Quad> input, ArrayView<float> output)
    {
        int lane = Group.IdxX;
        int row = lane / 4;
        int column = lane % 4 * 2;
        ArrayView<Quad> rows = SharedMemory.Allocate<Quad>(48);
        rows[lane] = input[lane];
        if (lane < 16)
            rows[32 + lane] = input[32 + lane];
        Hardware.Barrier();
        LeftFragment left = Hardware.LoadMatrices(ref rows[lane % 16 * 2 + lane / 16]);
        ArrayView<uint> columns = rows.Cast<uint>().SubView(16 * 8);
        RightFragment right = default;
        right.W0 = columns[row * 8 + lane % 4];
        right.W1 = columns[row * 8 + lane % 4 + 4];
        SumFragment sum = Hardware.MultiplyAddTensorFloat(default, left, right);
        output[row * 8 + column] = sum.S0;
        output[row * 8 + column + 1] = sum.S1;
        output[(row + 8) * 8 + column] = sum.S2;
        output[(row + 8) * 8 + column + 1] = sum.S3;
    }

    private static void MultiplyMatrices(ArrayView<Quad> input, ArrayView<float> output)
    {
        ArrayView<Quad> rows = SharedMemory.Allocate<Quad>(Items);
        rows[Group.IdxX] = input[Group.IdxX];
        Hardware.Barrier();
        LeftFragment left = Hardware.LoadMatrices(ref rows[Group.IdxX]);
        RightFragment right = default;
        right.W0 = Hardware.RoundToTensorFloat(output[0]);
        right.W1 = Hardware.RoundToTensorFloat(output[1]);
        SumFragment sum = Hardware.MultiplyAddTensorFloat(default, left, right);
        sum = Hardware.MultiplyAddHalf(sum, left, right);
        sum = Hardware.MultiplyAddBrain(sum, left, right);
        output[Group.IdxX] = sum.S0 + sum.S1 + sum.S2 + sum.S3;
    }
}
