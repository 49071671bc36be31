using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// The micro-kernel of the CPU accelerator, where ILGPU runs the C# itself: vectors of one length,
/// three of them a tile. All that uses vectors or addresses is behind intrinsics, whose bodies ILGPU
/// does not read; it takes only static methods for intrinsics.
/// </summary>
internal readonly struct SimdMicroKernel<TSimd, TVector>(SimdMemory memory)
    : IPanelMicroKernel<SimdMicroKernel<TSimd, TVector>>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private readonly SimdMemory memory = memory;

    public int BlockWidth => SimdLanes<TSimd, TVector>.BlockWidth();

    public int WidthOf(int pixels) => SimdLanes<TSimd, TVector>.WidthOf(pixels);

    public SimdMicroKernel<TSimd, TVector> Bind(PanelViews views, PanelScratch scratch, int item) =>
        new(SimdMemory.Bind(views, scratch, item));

    public PanelRegion RegionAt(int index) => SimdMemory.RegionAt(memory, index);

    public PanelPhase PhaseAt(int index) => SimdMemory.PhaseAt(memory, index);

    public PanelClass ClassAt(int index) => SimdMemory.ClassAt(memory, index);

    public int WeightOffsetAt(int index) => SimdMemory.WeightOffsetAt(memory, index);

    public void Pack(PackWork work) => SimdPack<TSimd, TVector>.Run(memory, work);

    public void Multiply(MultiplyWork work) => SimdMultiply<TSimd, TVector>.Run(memory, work);

    public void Fetch(StoreWork work) => SimdStore<TSimd, TVector>.Fetch(memory, work);

    public void Store(StoreWork work) => SimdStore<TSimd, TVector>.Run(memory, work);
}
