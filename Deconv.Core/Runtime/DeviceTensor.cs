using System.Numerics.Tensors;
using Deconv.Geometry;
using Deconv.Runtime;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv;

/// <summary>
/// A dense tensor in an engine's memory, its last dimension contiguous.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class DeviceTensor<T> : IDisposable
    where T : unmanaged
{
    private readonly nint[] lengths;
    private readonly MemoryBuffer? ownedBuffer;
    private readonly ArrayView<T> view;
    private bool isDisposed;

    /// <summary>A tensor that owns its memory; null for one without elements.</summary>
    internal DeviceTensor(
        Engine engine,
        ReadOnlySpan<nint> lengths,
        MemoryBuffer1D<T, Stride1D.Dense>? buffer)
        : this(engine, lengths, buffer is null ? default : (ArrayView<T>)buffer.View)
    {
        ownedBuffer = buffer;
    }

    /// <summary>A tensor over memory that others own, through a buffer that is freed with it.</summary>
    internal DeviceTensor(Engine engine, ReadOnlySpan<nint> lengths, MemoryBuffer buffer, ArrayView<T> view)
        : this(engine, lengths, view)
    {
        ownedBuffer = buffer;
    }

    /// <summary>A tensor over memory that others own.</summary>
    internal DeviceTensor(Engine engine, ReadOnlySpan<nint> lengths, ArrayView<T> view)
    {
        Engine = engine;
        this.lengths = lengths.ToArray();
        this.view = view;
    }

    /// <summary>The engine that the tensor belongs to.</summary>
    public Engine Engine { get; }

    /// <summary>The length of each dimension.</summary>
    public ReadOnlySpan<nint> Lengths => lengths;

    /// <summary>The number of dimensions.</summary>
    public int Rank => lengths.Length;

    /// <summary>The number of elements.</summary>
    public nint FlattenedLength => (nint)view.Length;

    /// <summary>The memory, for use in the caller's own kernels.</summary>
    /// <exception cref="ObjectDisposedException">The tensor is disposed.</exception>
    public ArrayView<T> View
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return view;
        }
    }

    /// <summary>Copies a host tensor, dense or strided, of the same lengths into this one.</summary>
    /// <param name="source">The tensor to copy.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ObjectDisposedException">The tensor or its engine is disposed.</exception>
    public unsafe void CopyFrom(in ReadOnlyTensorSpan<T> source)
    {
        RequireLengths(source.Lengths, nameof(source));
        if (!source.IsDense)
        {
            Tensor<T> dense = Tensor.CreateFromShapeUninitialized<T>(lengths);
            source.CopyTo(dense);
            CopyFrom(dense);
            return;
        }

        using Lock.Scope scope = Engine.Enter();
        ArrayView<T> target = View;
        if (target.Length == 0)
            return;
        fixed (T* pointer = source)
            HostCopy.ToDevice(Engine.Stream, pointer, target);
    }

    /// <summary>
    /// Waits for the work that was enqueued before and copies the elements to a host tensor of the
    /// same lengths, dense or strided.
    /// </summary>
    /// <param name="destination">The tensor to fill.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ObjectDisposedException">The tensor or its engine is disposed.</exception>
    public unsafe void CopyTo(in TensorSpan<T> destination)
    {
        RequireLengths(destination.Lengths, nameof(destination));
        if (!destination.IsDense)
        {
            ToTensor().CopyTo(destination);
            return;
        }

        using Lock.Scope scope = Engine.Enter();
        ArrayView<T> source = View;
        if (source.Length == 0)
            return;
        fixed (T* pointer = destination)
            HostCopy.ToHost(Engine.Stream, source, pointer);
    }

    /// <summary>Copies the elements to a new host tensor; see <see cref="CopyTo"/>.</summary>
    /// <returns>The host tensor.</returns>
    /// <exception cref="ObjectDisposedException">The tensor or its engine is disposed.</exception>
    public Tensor<T> ToTensor()
    {
        Tensor<T> tensor = Tensor.CreateFromShapeUninitialized<T>(lengths);
        CopyTo(tensor);
        return tensor;
    }

    /// <summary>Frees the memory if the tensor owns it.</summary>
    public void Dispose()
    {
        isDisposed = true;
        if (ownedBuffer is not null)
            Engine.Release(ownedBuffer);
    }

    private void RequireLengths(ReadOnlySpan<nint> others, string argument)
    {
        if (!others.SequenceEqual(lengths))
        {
            Refusal.Throw(
                argument, TensorLengths.Text(others), $"the tensor is {TensorLengths.Text(lengths)}");
        }
    }
}
