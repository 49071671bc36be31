using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>Four units.</summary>
internal struct FewUnits<TSum> : IUnitSums<FewUnits<TSum>, TSum>
    where TSum : unmanaged
{
    private SquareSums<TSum> sums;

    public static int Units => 4;

    public static int PartPixels => 4;

    public static int MaxPitch => 4 * DirectKernel.MaxGroupSize + 32;

    public static FewUnits<TSum> MultiplyAdd<TFormat, TStorage>(
        FewUnits<TSum> sum, ArrayView<FourValues<TSum>> weights, FourValues<TSum> pixels, int quads)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        sum.sums = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.sums, weights[0], pixels);
        return sum;
    }

    public static FewUnits<TSum> Add<TFormat, TStorage>(FewUnits<TSum> sum, ArrayView<FourValues<TSum>> biases)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        sum.sums = SquareSums<TSum>.AddToRows<TFormat, TStorage>(sum.sums, biases[0]);
        return sum;
    }

    public static void Lay(FewUnits<TSum> sum, int part, ArrayView<TSum> target, int pitch, int quads)
    {
        SquareSums<TSum>.StoreColumn(sum.sums, 0, target, pitch);
        SquareSums<TSum>.StoreColumn(sum.sums, 1, target.SubView(Group.DimX), pitch);
        SquareSums<TSum>.StoreColumn(sum.sums, 2, target.SubView(2 * Group.DimX), pitch);
        SquareSums<TSum>.StoreColumn(sum.sums, 3, target.SubView(3 * Group.DimX), pitch);
    }
}
