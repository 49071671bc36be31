using System.Numerics.Tensors;
using Deconv.Geometry;
using Deconv.Runtime;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv;

/// <content>Tensors: made, wrapped and freed.</content>
public sealed partial class Engine
{
    /// <summary>Allocates a tensor on the accelerator; its elements are undefined.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="lengths">The length of each dimension; zero is allowed.</param>
    /// <returns>The tensor, owned by the caller.</returns>
    /// <exception cref="ArgumentException">A length is negative, or the size overflows.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public DeviceTensor<T> Allocate<T>(params ReadOnlySpan<nint> lengths)
        where T : unmanaged
    {
        nint count = TensorLengths.Count<T>(lengths, nameof(lengths));
        using Lock.Scope scope = Enter();
        return new(this, lengths, count == 0 ? null : Accelerator.Allocate1D<T>(count));
    }

    /// <summary>Copies a host tensor, dense or strided, to a new tensor on the accelerator.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="source">The tensor to copy; it may be changed as soon as the call returns.</param>
    /// <returns>The copy, owned by the caller.</returns>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public DeviceTensor<T> Upload<T>(in ReadOnlyTensorSpan<T> source)
        where T : unmanaged
    {
        DeviceTensor<T> tensor = Allocate<T>(source.Lengths);
        try
        {
            tensor.CopyFrom(source);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Copies a host tensor to a new tensor on the accelerator.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="source">The tensor to copy; it may be changed as soon as the call returns.</param>
    /// <returns>The copy, owned by the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public DeviceTensor<T> Upload<T>(Tensor<T> source)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(source);
        return Upload(source.AsReadOnlyTensorSpan());
    }

    /// <summary>
    /// Whether kernels can use host memory where it is: the CPU accelerator's memory is the host's.
    /// </summary>
    internal bool SeesHostMemory => Kind == AcceleratorKind.Cpu;

    /// <summary>
    /// Sees host memory as a tensor, on an engine that <see cref="SeesHostMemory"/>; it must stay
    /// pinned until the tensor is disposed.
    /// </summary>
    internal unsafe DeviceTensor<T> See<T>(T* memory, ReadOnlySpan<nint> lengths)
        where T : unmanaged
    {
        nint count = TensorLengths.Count<T>(lengths, nameof(lengths));
        using Lock.Scope scope = Enter();
        if (count == 0)
            return new(this, lengths, default(ArrayView<T>));
        CPUMemoryBuffer buffer = CPUMemoryBuffer.Create(Accelerator, memory, count);
        return new(this, lengths, buffer, new ArrayView<T>(buffer, 0, count));
    }

    /// <summary>
    /// Sees memory that the caller owns as a tensor, without a copy. Disposing the tensor leaves
    /// the memory alone.
    /// </summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="view">Memory of this engine's accelerator; its first elements are used.</param>
    /// <param name="lengths">The length of each dimension.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">
    /// The view belongs to another accelerator, or holds fewer elements than the lengths ask for;
    /// or a length is negative.
    /// </exception>
    public DeviceTensor<T> Wrap<T>(ArrayView<T> view, params ReadOnlySpan<nint> lengths)
        where T : unmanaged
    {
        nint count = TensorLengths.Count<T>(lengths, nameof(lengths));
        Refusal.Unless(
            view.Length >= count,
            nameof(view),
            view.Length,
            $"{TensorLengths.Text(lengths)} needs {count} elements");
        if (count > 0 && view.GetAccelerator() != Accelerator)
            Refusal.Throw(nameof(view), "of another accelerator", "it must belong to the engine's");
        return new(this, lengths, count == 0 ? default : view.SubView(0, count));
    }

    /// <summary>Frees memory, whatever was disposed before.</summary>
    internal void Release(MemoryBuffer buffer)
    {
        lock (gate)
            buffer.Dispose();
    }
}
