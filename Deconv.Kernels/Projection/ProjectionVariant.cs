using System.Collections.Immutable;
using System.Reflection;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Projection;

/// <summary>
/// The product of few samples of one pixel with a weight that is read once, in plain C#; one launch, no scratch.
/// <para>Why it can run at the rate of a copy on a GPU: a warp reads 128 neighbouring bytes of floats at a time, and an
/// item asks for 16 weights before it waits for one, so that a group has 16 KiB on their way, and a processor of an
/// H100 needs 15 KiB for 3.35 TB/s times 600 ns.</para>
/// </summary>
internal sealed class ProjectionVariant : KernelVariant
{
    private const int LanesOfWarp = 32;

    /// <summary>Groups that CUDA is to keep on a processor at once, which leaves a work item 80 registers.</summary>
    private const int GroupsPerProcessor = 3;

    public override string Name => "project";

    public override string Summary =>
        "reads each weight once for sixteen samples of one pixel; for projections of small batches, on GPUs";

    public override ImmutableArray<KernelEntry> EntryPoints => [.. Enum.GetValues<ElementType>().Select(Entry)];

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (device.RefuseElements(problem.Element) is string unknown)
            return unknown;
        if (problem.RefuseAllButPixelProducts() is string longer)
            return longer;
        long largest = Math.Max(
            problem.Weight.Strides.Outermost * problem.InputChannels,
            Math.Max(problem.Batch * problem.InputStrides.Outermost, problem.OutputCount));
        return largest > int.MaxValue ? $"a tensor has {largest} elements, and it takes at most {int.MaxValue}" : null;
    }

    /// <inheritdoc/>
    /// <remarks>As that of <c>direct</c>, a guess: no GPU has been measured.</remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double NanosecondsOfDepth = 1500;
        const double BytesOfMemory = 20;
        (double rate, double nanosecondsOfOutput) = device.Kind switch
        {
            DeviceKind.CpuAccelerator => (0.001, 100.0),
            DeviceKind.OpenClCpu => (1.0, 10.0),
            _ => (60.0, 0.2),
        };
        int sampleTiles = IntrinsicMath.DivRoundUp(problem.Batch, ProjectionKernel.Samples);
        double weightCount = (double)problem.InputChannels * problem.Weight.GroupOutputChannels;
        double instructions = problem.ProductCount * problem.Element.ProductCost() / rate
            + problem.OutputCount * nanosecondsOfOutput;
        double memory = (weightCount * sampleTiles + problem.OutputCount) * problem.Element.Size() / BytesOfMemory;
        int depths = IntrinsicMath.DivRoundUp(
            problem.Weight.GroupInputChannels, ProjectionKernel.MaxParts * ProjectionKernel.Depth);
        return depths * NanosecondsOfDepth + Math.Max(instructions, memory) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        (int maxGridSize, int groupSize) = LaunchShape.UpTo(ProjectionKernel.MaxGroupSize, device);
        int lanes = Math.Min(LanesOfWarp, groupSize);
        int parts = groupSize / lanes;
        int channelTiles = IntrinsicMath.DivRoundUp(problem.Weight.GroupOutputChannels, lanes);
        int sampleTiles = IntrinsicMath.DivRoundUp(problem.Batch, ProjectionKernel.Samples);
        int tileCount = problem.Groups * channelTiles * sampleTiles;
        return new KernelLaunch<ProjectionParams>(new()
        {
            TileCount = tileCount,
            Batch = problem.Batch,
            Groups = problem.Groups,
            GroupInputChannels = problem.Weight.GroupInputChannels,
            GroupOutputChannels = problem.Weight.GroupOutputChannels,
            ChannelsPerBias = problem.ChannelsPerBias,
            PartItems = lanes,
            Parts = parts,
            ChannelTiles = channelTiles,
            SampleTiles = sampleTiles,
        })
        {
            GridSize = Math.Min(tileCount, maxGridSize),
            GroupSize = lanes * parts,
            Work = $"a part of {ProjectionKernel.Samples} samples' output channel (of {tileCount} tiles)",
            Table = new KernelTable(),
        };
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
        FormatTable.Visit(element, new Loader(accelerator, Entry(element)));

    private KernelEntry Entry(ElementType element) => new(
        element.NameOf(Name), FormatTable.Visit(element, new EntryPointFinder()))
    {
        Bounds = new(
            ProjectionKernel.MaxGroupSize,
            IntrinsicMath.DivRoundUp(GroupsPerProcessor, Math.Max(element.Size() / sizeof(float), 1))),
        Instructions = element == ElementType.Float32 ? ["ld.shared.v4.f32"] : [],
    };

    private readonly struct EntryPointFinder : IFormatVisitor<MethodInfo>
    {
        private delegate void Entry<TStorage>(
            ArrayView<TStorage> input,
            ArrayView<TStorage> weight,
            ArrayView<TStorage> bias,
            ArrayView<TStorage> output,
            ProjectionParams p)
            where TStorage : unmanaged;

        public MethodInfo Visit<TFormat, TStorage, TSum>()
            where TFormat : struct, IFormat<TStorage, TSum>
            where TStorage : unmanaged
            where TSum : unmanaged =>
            new Entry<TStorage>(ProjectionKernel.Run<TFormat, TStorage, TSum>).Method;
    }

    private readonly struct Loader(Accelerator accelerator, KernelEntry entry) : IFormatVisitor<LoadedVariant>
    {
        public LoadedVariant Visit<TFormat, TStorage, TSum>()
            where TFormat : struct, IFormat<TStorage, TSum>
            where TStorage : unmanaged
            where TSum : unmanaged
        {
            var kernel = KernelLoader.Load<Action<
                AcceleratorStream,
                KernelConfig,
                ArrayView<TStorage>,
                ArrayView<TStorage>,
                ArrayView<TStorage>,
                ArrayView<TStorage>,
                ProjectionParams>>(accelerator, entry);
            return new((stream, launch, memory, operands) => kernel(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<TStorage>(),
                operands.Weight.Cast<TStorage>(),
                operands.Bias.Cast<TStorage>(),
                operands.Output.Cast<TStorage>(),
                ((KernelLaunch<ProjectionParams>)launch).Parameters));
        }
    }
}
