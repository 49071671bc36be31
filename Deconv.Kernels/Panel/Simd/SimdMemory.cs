using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// Addresses of the memory of one work item: a view costs checks at each access, and memory of the
/// CPU accelerator does not move.
/// </summary>
internal readonly unsafe struct SimdMemory
{
    public const int CacheLine = 64;

    private readonly long input;
    private readonly long weights;
    private readonly long bias;
    private readonly long output;
    private readonly long panel;
    private readonly long sums;
    private readonly long line;
    private readonly long regions;
    private readonly long phases;
    private readonly long classes;
    private readonly long weightOffsets;

    private SimdMemory(PanelViews views, PanelScratch scratch, int item)
    {
        input = AddressOf(views.Input);
        InputEnd = input + views.Input.LengthInBytes;
        weights = AddressOf(views.Weights);
        bias = AddressOf(views.Bias);
        output = AddressOf(views.Output);
        panel = AddressOf(views.Scratch) + item * scratch.Length * sizeof(float);
        panel += -panel & (CacheLine - 1);
        sums = panel + scratch.PanelLength * sizeof(float);
        line = sums + scratch.SumsLength * sizeof(float);
        regions = AddressOf(views.Regions);
        phases = AddressOf(views.Phases);
        classes = AddressOf(views.Classes);
        weightOffsets = AddressOf(views.WeightOffsets);
    }

    public float* Input => (float*)input;

    public float* Weights => (float*)weights;

    public float* Bias => (float*)bias;

    public float* Output => (float*)output;

    public float* Panel => (float*)panel;

    public float* Sums => (float*)sums;

    public float* Line => (float*)line;

    public PanelPhase* Phases => (PanelPhase*)phases;

    /// <summary>The address behind the input.</summary>
    public long InputEnd { get; }

    [IntrinsicImplementation]
    public static SimdMemory Bind(PanelViews views, PanelScratch scratch, int item)
    {
        var memory = new SimdMemory(views, scratch, item);
        new Span<float>(memory.Sums + scratch.ZeroSums, scratch.Width).Clear();
        return memory;
    }

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelRegion RegionAt(SimdMemory memory, int index) => ((PanelRegion*)memory.regions)[index];

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelPhase PhaseAt(SimdMemory memory, int index) => memory.Phases[index];

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelClass ClassAt(SimdMemory memory, int index) => ((PanelClass*)memory.classes)[index];

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WeightOffsetAt(SimdMemory memory, int index) => ((int*)memory.weightOffsets)[index];

    private static long AddressOf<T>(ArrayView<T> view)
        where T : unmanaged => (long)Unsafe.AsPointer(ref view[0]);
}
