using System.Runtime.CompilerServices;
using Deconv.Kernels.Simd;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary><see cref="Addresses"/> of the memory of one work item.</summary>
internal readonly unsafe struct SimdMemory<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    /// <summary>Outputs of more bytes than large third-level caches have are written past them.</summary>
    private const long MaxCachedBytes = 32 << 20;

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

    private SimdMemory(PanelViews<TStorage, TSum> views, PanelScratch scratch, int item)
    {
        input = (long)Addresses.Of(views.Input);
        InputEnd = input + views.Input.LengthInBytes;
        weights = (long)Addresses.Of(views.Weights);
        bias = (long)Addresses.Of(views.Bias);
        output = (long)Addresses.Of(views.Output);
        panel = (long)CacheLines.StartOf(Addresses.Of(views.Scratch) + item * scratch.Length);
        sums = panel + scratch.PanelLength * sizeof(TSum);
        line = sums + scratch.SumsLength * sizeof(TSum);
        LineLength = (int)scratch.LineLength;
        IsOutputCached = views.Output.LengthInBytes <= MaxCachedBytes;
        regions = (long)Addresses.Of(views.Regions);
        phases = (long)Addresses.Of(views.Phases);
        classes = (long)Addresses.Of(views.Classes);
        weightOffsets = (long)Addresses.Of(views.WeightOffsets);
    }

    public TStorage* Input => (TStorage*)input;

    public TSum* Weights => (TSum*)weights;

    public TStorage* Bias => (TStorage*)bias;

    public TStorage* Output => (TStorage*)output;

    public TSum* Panel => (TSum*)panel;

    public TSum* Sums => (TSum*)sums;

    public TSum* Line => (TSum*)line;

    /// <summary>Numbers of a line.</summary>
    public int LineLength { get; }

    /// <summary>Whether caches may keep the output.</summary>
    public bool IsOutputCached { get; }

    public PanelPhase* Phases => (PanelPhase*)phases;

    /// <summary>The address behind the input.</summary>
    public long InputEnd { get; }

    [IntrinsicImplementation]
    public static SimdMemory<TStorage, TSum> Bind(PanelViews<TStorage, TSum> views, PanelScratch scratch, int item)
    {
        var memory = new SimdMemory<TStorage, TSum>(views, scratch, item);
        new Span<TSum>(memory.Sums + scratch.ZeroSums, scratch.Width).Clear();
        return memory;
    }

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelRegion RegionAt(SimdMemory<TStorage, TSum> memory, int index) => ((PanelRegion*)memory.regions)[index];

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelPhase PhaseAt(SimdMemory<TStorage, TSum> memory, int index) => memory.Phases[index];

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelClass ClassAt(SimdMemory<TStorage, TSum> memory, int index) => ((PanelClass*)memory.classes)[index];

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WeightOffsetAt(SimdMemory<TStorage, TSum> memory, int index) => ((int*)memory.weightOffsets)[index];
}
