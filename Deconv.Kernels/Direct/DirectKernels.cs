using System.Collections.Immutable;
using System.Reflection;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Direct;

/// <summary>The kernels of each type of elements: with few units in a block, and with many.</summary>
internal static class DirectKernels
{
    /// <summary>
    /// Groups that CUDA is to keep on a processor at once: of few units what leaves an item 80 registers, of
    /// many 128; fewer where a number takes several.
    /// </summary>
    private const int GroupsOfFewUnits = 6;
    private const int GroupsOfManyUnits = 4;

    private delegate void Entry<TStorage>(
        ArrayView<TStorage> input,
        ArrayView<TStorage> weight,
        ArrayView<TStorage> bias,
        ArrayView<DirectTask> tasks,
        ArrayView<DirectUnit> units,
        ArrayView<TStorage> output,
        DirectParams p)
        where TStorage : unmanaged;

    /// <summary>The most units of a block, one size for each kernel, the smallest first.</summary>
    public static ImmutableArray<int> UnitsOf(ElementType element) =>
        element == ElementType.ComplexFloat64 ? [FewUnits<float>.Units] : [FewUnits<float>.Units, ManyUnits<float>.Units];

    /// <summary>Pixels of an item that pass through shared memory at a time.</summary>
    public static int PartPixelsOf(int mostUnits) =>
        HasFew(mostUnits) ? FewUnits<float>.PartPixels : ManyUnits<float>.PartPixels;

    public static KernelEntry EntryOf(string variant, ElementType element, int mostUnits)
    {
        int groups = HasFew(mostUnits) ? GroupsOfFewUnits : GroupsOfManyUnits;
        int words = Math.Max(element.Size() / sizeof(float), 1);
        return new(
            element.NameOf($"{variant}{mostUnits}"),
            FormatTable.Visit(element, new EntryPointFinder(mostUnits)))
        {
            Bounds = new(DirectKernel.MaxGroupSize, IntrinsicMath.DivRoundUp(groups, words)),
            Instructions = element == ElementType.Float32 ? ["ld.shared.v4.f32"] : [],
        };
    }

    /// <summary>Each kernel is compiled when it is first launched.</summary>
    public static LoadedVariant Load(Accelerator accelerator, string variant, ElementType element)
    {
        var launchers = new Dictionary<int, KernelLauncher>();
        return new((stream, launch, memory, operands) =>
        {
            int mostUnits = ((DirectLaunch)launch).MostUnits;
            if (!launchers.TryGetValue(mostUnits, out KernelLauncher? launcher))
            {
                KernelEntry entry = EntryOf(variant, element, mostUnits);
                launcher = FormatTable.Visit(element, new Loader(accelerator, entry));
                launchers.Add(mostUnits, launcher);
            }

            launcher(stream, launch, memory, operands);
        });
    }

    private static bool HasFew(int mostUnits) => mostUnits == FewUnits<float>.Units;

    private readonly struct EntryPointFinder(int mostUnits) : IFormatVisitor<MethodInfo>
    {
        public MethodInfo Visit<TFormat, TStorage, TSum>()
            where TFormat : struct, IFormat<TStorage, TSum>
            where TStorage : unmanaged
            where TSum : unmanaged => HasFew(mostUnits)
                ? new Entry<TStorage>(DirectKernel.Run<TFormat, TStorage, TSum, FewUnits<TSum>>).Method
                : new Entry<TStorage>(DirectKernel.Run<TFormat, TStorage, TSum, ManyUnits<TSum>>).Method;
    }

    private readonly struct Loader(Accelerator accelerator, KernelEntry entry) : IFormatVisitor<KernelLauncher>
    {
        public KernelLauncher Visit<TFormat, TStorage, TSum>()
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
                ArrayView<DirectTask>,
                ArrayView<DirectUnit>,
                ArrayView<TStorage>,
                DirectParams>>(accelerator, entry);
            return (stream, launch, memory, operands) => kernel(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<TStorage>(),
                operands.Weight.Cast<TStorage>(),
                operands.Bias.Cast<TStorage>(),
                launch.Table.View<DirectTask>(memory.Table, 0),
                launch.Table.View<DirectUnit>(memory.Table, 1),
                operands.Output.Cast<TStorage>(),
                ((DirectLaunch)launch).Parameters);
        }
    }
}
