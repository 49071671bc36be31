namespace Deconv.Frontends.MindSpore;

/// <summary>What is cut off one axis: at the top or left, and at the bottom or right.</summary>
internal readonly record struct AxisPads(int Low, int High);
