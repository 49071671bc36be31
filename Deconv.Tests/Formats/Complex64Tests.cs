using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Deconv.Tests.Formats;

[TestClass]
public sealed class Complex64Tests
{
    [TestMethod]
    public void Memory_holds_the_real_part_and_then_the_imaginary_one()
    {
        Complex64[] values = [new(1, 2), new(3, 4)];

        Assert.AreEqual(8, Unsafe.SizeOf<Complex64>());
        CollectionAssert.AreEqual(
            new float[] { 1, 2, 3, 4 }, MemoryMarshal.Cast<Complex64, float>(values).ToArray());
    }

    [TestMethod]
    public void Conversions_keep_the_parts_and_round_each_once()
    {
        Complex wide = new Complex64(0.1f, float.NegativeInfinity);
        Assert.AreEqual(new Complex(0.1f, double.NegativeInfinity), wide);
        Assert.AreEqual(
            new Complex64(0.1f, float.PositiveInfinity), (Complex64)new Complex(0.1, double.MaxValue));
    }

    [TestMethod]
    public void Text_is_that_of_Complex()
    {
        Assert.AreEqual(new Complex(1.5, -2).ToString(), new Complex64(1.5f, -2).ToString());
        Assert.AreEqual("<0.1; NaN>", new Complex64(0.1f, float.NaN).ToString());
    }
}
