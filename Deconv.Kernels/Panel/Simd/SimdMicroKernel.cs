using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// The micro-kernel of the CPU accelerator, where ILGPU runs the C# itself: vectors of one length,
/// three of them a tile. All that uses vectors or addresses is behind intrinsics, whose bodies ILGPU
/// does not read; it takes only static methods for intrinsics. What is called for each unit passes structs by
/// reference: they are long, and copies of them took a tenth of calls with few products.
/// </summary>
internal readonly struct SimdMicroKernel<TFormat, TStorage, TSum, TSimd, TVector>(SimdMemory<TStorage, TSum> memory)
    : IPanelMicroKernel<SimdMicroKernel<TFormat, TStorage, TSum, TSimd, TVector>, TStorage, TSum>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    private readonly SimdMemory<TStorage, TSum> memory = memory;

    public ImmutableArray<Type> Parts =>
    [
        typeof(SimdPack<TFormat, TStorage, TSum, TSimd, TVector>),
        typeof(SimdMultiply<TStorage, TSum, TSimd, TVector>),
        typeof(SimdProduct<TSimd, TVector, TSum>),
        typeof(SimdTile<TSimd, TVector, TSum, Eight, One>),
        typeof(SimdTile<TSimd, TVector, TSum, Eight, Two>),
        typeof(SimdTile<TSimd, TVector, TSum, Eight, Three>),
        typeof(SimdStore<TFormat, TStorage, TSum, TSimd, TVector>),
        typeof(SimdInterleave<TSimd, TVector, TSum>),
        typeof(SimdZip<TSimd, TVector, TSum>),
    ];

    public int BlockWidth => SimdLanes<TSimd, TVector, TSum>.BlockWidth();

    public int WidthOf(int pixels) => SimdLanes<TSimd, TVector, TSum>.WidthOf(pixels);

    public SimdMicroKernel<TFormat, TStorage, TSum, TSimd, TVector> Bind(
        PanelViews<TStorage, TSum> views, PanelScratch scratch, int item) =>
        new(SimdMemory<TStorage, TSum>.Bind(views, scratch, item));

    public PanelRegion RegionAt(int index) => SimdMemory<TStorage, TSum>.RegionAt(memory, index);

    public PanelPhase PhaseAt(int index) => SimdMemory<TStorage, TSum>.PhaseAt(memory, index);

    public PanelClass ClassAt(int index) => SimdMemory<TStorage, TSum>.ClassAt(memory, index);

    public int WeightOffsetAt(int index) => SimdMemory<TStorage, TSum>.WeightOffsetAt(memory, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pack(in PackWork work) => SimdPack<TFormat, TStorage, TSum, TSimd, TVector>.Run(in memory, in work);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(in MultiplyWork work) => SimdMultiply<TStorage, TSum, TSimd, TVector>.Run(in memory, in work);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(in StoreWork work) => SimdStore<TFormat, TStorage, TSum, TSimd, TVector>.Fetch(in memory, in work);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in StoreWork work) => SimdStore<TFormat, TStorage, TSum, TSimd, TVector>.Run(in memory, in work);
}
