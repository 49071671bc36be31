using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Launch;

/// <summary>
/// How a variant brings a weight into the order that it reads it in: a launch whose input is the
/// weight as users give it and whose output has <see cref="ByteLength"/> bytes. It depends on the
/// <see cref="WeightProblem"/> alone, so that one packed weight serves inputs of all sizes.
/// </summary>
internal sealed record WeightPacking(WeightProblem Weight, long ByteLength, KernelLaunch Launch);
