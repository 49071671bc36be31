namespace Deconv.Geometry;

/// <summary>The spatial axes; used to name one in a message.</summary>
internal enum Axis
{
    Height,
    Width,
}

internal static class AxisNames
{
    public static string Name(this Axis axis) => axis == Axis.Height ? "height" : "width";
}
