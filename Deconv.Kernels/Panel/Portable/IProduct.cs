using System.Numerics;
using Deconv.Kernels.Intrinsics;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>How the portable micro-kernel adds a product to a sum.</summary>
internal interface IProduct<TSum>
    where TSum : unmanaged, INumberBase<TSum>
{
    /// <summary>x * y + sum.</summary>
    static abstract TSum MultiplyAdd(TSum x, TSum y, TSum sum);
}

/// <summary>In two instructions, each of which rounds, as every context has them.</summary>
internal readonly struct RoundedProduct<TSum> : IProduct<TSum>
    where TSum : unmanaged, INumberBase<TSum>
{
    public static TSum MultiplyAdd(TSum x, TSum y, TSum sum) => sum + x * y;
}

/// <summary>In one instruction.</summary>
internal readonly struct FusedProduct : IProduct<float>, IProduct<double>
{
    public static float MultiplyAdd(float x, float y, float sum) => Hardware.MultiplyAdd(x, y, sum);

    public static double MultiplyAdd(double x, double y, double sum) => Hardware.MultiplyAddDouble(x, y, sum);
}
