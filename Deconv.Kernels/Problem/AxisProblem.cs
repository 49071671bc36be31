using System.Collections.Immutable;

namespace Deconv.Kernels.Problem;

/// <summary>One spatial axis as kernels see it: lengths, steps and one tap range per output.</summary>
internal sealed record AxisProblem
{
    public required int InputLength { get; init; }

    public required int KernelLength { get; init; }

    /// <summary>Distance between the products of neighbouring inputs.</summary>
    public required int Stride { get; init; }

    /// <summary>Canvas coordinate of the first output.</summary>
    public required int Crop { get; init; }

    /// <summary>Distance between two taps of one output coordinate.</summary>
    public required int TapStep { get; init; }

    /// <summary>Distance between the inputs that two such taps read; subtracted, never added.</summary>
    public required int InputStep { get; init; }

    /// <summary>One entry per output coordinate.</summary>
    public required ImmutableArray<TapRange> Outputs { get; init; }

    public int OutputLength => Outputs.Length;

    /// <summary>Taps of all outputs.</summary>
    public long TapCount
    {
        get
        {
            long count = 0;
            foreach (TapRange taps in Outputs)
                count += taps.Count;
            return count;
        }
    }

    /// <summary>One input, one tap, one output.</summary>
    public static AxisProblem OnePixel { get; } = new()
    {
        InputLength = 1,
        KernelLength = 1,
        Stride = 1,
        Crop = 0,
        TapStep = 1,
        InputStep = 1,
        Outputs = [new(firstTap: 0, firstInput: 0, count: 1)],
    };

    /// <summary>Whether the one input makes one output with each tap, in their order.</summary>
    public bool IsProjection
    {
        get
        {
            if (InputLength != 1 || OutputLength != KernelLength)
                return false;
            for (int output = 0; output < OutputLength; ++output)
            {
                if (Outputs[output].Count != 1 || Outputs[output].FirstTap != output)
                    return false;
            }

            return true;
        }
    }
}
