namespace Deconv.Kernels.Launch;

/// <summary>Which of this library's own instructions a device can run, each level with those before.</summary>
internal enum HardwareLevel
{
    /// <summary>None, as in contexts that do not know them.</summary>
    None,

    /// <summary>Those that every GPU has.</summary>
    Portable,

    /// <summary>The same, on an NVIDIA GPU, for which kernels with them are tuned.</summary>
    Cuda,

    /// <summary>Those that multiply matrices, which warps of 32 work items carry out together.</summary>
    TensorCores,
}
