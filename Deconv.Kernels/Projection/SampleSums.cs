using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Projection;

/// <summary>The sums that a work item owns, in its registers: an output channel of sixteen samples.</summary>
internal struct SampleSums<TSum>
    where TSum : unmanaged
{
    public FourValues<TSum> S0;
    public FourValues<TSum> S1;
    public FourValues<TSum> S2;
    public FourValues<TSum> S3;

    /// <summary>
    /// Adds the products of up to four input channels: each one's weight, and its inputs of all samples, which
    /// follow each other. Quads of samples behind the last one that is needed cost nothing.
    /// </summary>
    public static SampleSums<TSum> MultiplyAdd<TFormat, TStorage>(
        SampleSums<TSum> sum, FourValues<TStorage> weights, ArrayView<FourValues<TSum>> inputs, int channels, int quads)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        FourValues<TSum> numbers = FourValues<TSum>.Widen<TFormat, TStorage>(weights);
        if (channels > 0)
            sum = MultiplyAdd<TFormat, TStorage>(sum, numbers.X, inputs, quads);
        if (channels > 1)
            sum = MultiplyAdd<TFormat, TStorage>(sum, numbers.Y, inputs.SubView(ProjectionKernel.SampleQuads), quads);
        if (channels > 2)
            sum = MultiplyAdd<TFormat, TStorage>(sum, numbers.Z, inputs.SubView(2 * ProjectionKernel.SampleQuads), quads);
        if (channels > 3)
            sum = MultiplyAdd<TFormat, TStorage>(sum, numbers.W, inputs.SubView(3 * ProjectionKernel.SampleQuads), quads);
        return sum;
    }

    /// <summary>The sums of a quad of samples.</summary>
    public static FourValues<TSum> At(SampleSums<TSum> sum, int quad)
    {
        if (quad == 0)
            return sum.S0;
        if (quad == 1)
            return sum.S1;
        return quad == 2 ? sum.S2 : sum.S3;
    }

    private static SampleSums<TSum> MultiplyAdd<TFormat, TStorage>(
        SampleSums<TSum> sum, TSum weight, ArrayView<FourValues<TSum>> inputs, int quads)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        sum.S0 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.S0, weight, inputs[0]);
        if (quads > 1)
            sum.S1 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.S1, weight, inputs[1]);
        if (quads > 2)
            sum.S2 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.S2, weight, inputs[2]);
        if (quads > 3)
            sum.S3 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.S3, weight, inputs[3]);
        return sum;
    }
}
