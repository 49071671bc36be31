namespace Deconv.Samples.Upscale;

/// <summary>
/// An interpolation filter over distances in source pixels; zero from <see cref="Support"/> on.
/// </summary>
internal sealed record Filter(string Name, int Support, Func<double, double> Weight)
{
    public static Filter[] All { get; } =
    [
        new("bilinear", 1, Triangle),
        new("bicubic", 2, Cubic),
        new("lanczos3", 3, Lanczos3),
    ];

    /// <exception cref="UserErrorException">No filter has that name.</exception>
    public static Filter Named(string name) =>
        All.SingleOrDefault(filter => filter.Name == name)
        ?? throw new UserErrorException(
            $"--filter is '{name}', but it must be {string.Join(", ", All.Select(filter => filter.Name))}.");

    private static double Triangle(double distance) => Math.Max(0, 1 - Math.Abs(distance));

    /// <summary>Keys' cubic with a = -1/2, the one of most image libraries.</summary>
    private static double Cubic(double distance)
    {
        const double A = -0.5;
        double x = Math.Abs(distance);
        if (x < 1)
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    private static double Lanczos3(double distance) =>
        Math.Abs(distance) < 3 ? Sinc(distance) * Sinc(distance / 3) : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
