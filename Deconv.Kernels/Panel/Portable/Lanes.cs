using ILGPU;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>Sixteen numbers side by side, for compilers to make vectors of.</summary>
internal struct Lanes
{
    public const int Count = 16;

    private float e0;
    private float e1;
    private float e2;
    private float e3;
    private float e4;
    private float e5;
    private float e6;
    private float e7;
    private float e8;
    private float e9;
    private float e10;
    private float e11;
    private float e12;
    private float e13;
    private float e14;
    private float e15;

    public static Lanes Load(ArrayView<float> view, long index) => new()
    {
        e0 = view[index],
        e1 = view[index + 1],
        e2 = view[index + 2],
        e3 = view[index + 3],
        e4 = view[index + 4],
        e5 = view[index + 5],
        e6 = view[index + 6],
        e7 = view[index + 7],
        e8 = view[index + 8],
        e9 = view[index + 9],
        e10 = view[index + 10],
        e11 = view[index + 11],
        e12 = view[index + 12],
        e13 = view[index + 13],
        e14 = view[index + 14],
        e15 = view[index + 15],
    };

    public readonly Lanes MultiplyAdd(float factor, Lanes other) => new()
    {
        e0 = e0 + factor * other.e0,
        e1 = e1 + factor * other.e1,
        e2 = e2 + factor * other.e2,
        e3 = e3 + factor * other.e3,
        e4 = e4 + factor * other.e4,
        e5 = e5 + factor * other.e5,
        e6 = e6 + factor * other.e6,
        e7 = e7 + factor * other.e7,
        e8 = e8 + factor * other.e8,
        e9 = e9 + factor * other.e9,
        e10 = e10 + factor * other.e10,
        e11 = e11 + factor * other.e11,
        e12 = e12 + factor * other.e12,
        e13 = e13 + factor * other.e13,
        e14 = e14 + factor * other.e14,
        e15 = e15 + factor * other.e15,
    };

    public readonly void Store(ArrayView<float> view, long index)
    {
        view[index] = e0;
        view[index + 1] = e1;
        view[index + 2] = e2;
        view[index + 3] = e3;
        view[index + 4] = e4;
        view[index + 5] = e5;
        view[index + 6] = e6;
        view[index + 7] = e7;
        view[index + 8] = e8;
        view[index + 9] = e9;
        view[index + 10] = e10;
        view[index + 11] = e11;
        view[index + 12] = e12;
        view[index + 13] = e13;
        view[index + 14] = e14;
        view[index + 15] = e15;
    }
}
