namespace Deconv.Kernels.Simd;

/// <summary>
/// The vector instructions that products, interleaving and copies need, for vectors of one length.
/// </summary>
/// <typeparam name="TVector">A vector.</typeparam>
/// <typeparam name="TSum">A lane: float or double.</typeparam>
internal unsafe interface ISimd<TVector, TSum>
    where TVector : struct
    where TSum : unmanaged
{
    /// <summary>Whether the machine has them.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Lanes of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>
    /// Whether the machine has registers enough for eight rows of three vectors each; else four.
    /// </summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TVector Load(TSum* source);

    static abstract void Store(TVector vector, TSum* target);

    /// <summary>To an address that is a multiple of the vector's length.</summary>
    static abstract void StorePastCaches(TVector vector, TSum* target);

    static abstract TVector Broadcast(TSum value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left * right + addend.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The lower lanes of two vectors in turns: left 0, right 0, left 1, right 1 and so on.</summary>
    static abstract TVector ZipLower(TVector left, TVector right);

    /// <summary>The upper lanes of two vectors in turns.</summary>
    static abstract TVector ZipUpper(TVector left, TVector right);

    /// <summary>Lanes 0, 2, 4 and so on, of the left vector and then of the right.</summary>
    static abstract TVector UnzipEven(TVector left, TVector right);

    /// <summary>Lanes 1, 3, 5 and so on, of the left vector and then of the right.</summary>
    static abstract TVector UnzipOdd(TVector left, TVector right);

    /// <summary>Lane i of the result is lane indices[i], a whole number written as its bits.</summary>
    static abstract TVector Permute(TVector vector, TVector indices);

    /// <summary>Lanes of <paramref name="whenSet"/> where the mask has all bits set, else of the other.</summary>
    static abstract TVector Select(TVector mask, TVector whenSet, TVector whenClear);
}
