using Deconv.Geometry;
using Deconv.Kernels.Launch;

namespace Deconv.Planning;

/// <summary>How a geometry is computed on a device: which variant, launched how.</summary>
internal sealed record ConvTransposePlan(
    ConvTransposeGeometry Geometry,
    KernelVariant Variant,
    KernelLaunch Launch);
