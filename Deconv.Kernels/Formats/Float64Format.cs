namespace Deconv.Kernels.Formats;

/// <summary>Elements that are numbers already.</summary>
internal readonly struct Float64Format : IFormat<double, double>
{
    public static double Widen(double element) => element;

    public static double Round(double number) => number;

    public static double Add(double left, double right) => left + right;

    public static double MultiplyAdd(double sum, double left, double right) => sum + left * right;
}
