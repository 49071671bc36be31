namespace Deconv;

/// <summary>The kinds of accelerators that kernels run on.</summary>
public enum AcceleratorKind
{
    /// <summary>An NVIDIA GPU, through its driver.</summary>
    Cuda,

    /// <summary>A device of an OpenCL platform: a GPU, or CPU cores (PoCL, Intel).</summary>
    OpenCL,

    /// <summary>ILGPU's own CPU accelerator; present on every machine.</summary>
    Cpu,
}
