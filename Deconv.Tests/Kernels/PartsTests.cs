using Deconv.Kernels.Launch;

namespace Deconv.Tests.Kernels;

[TestClass]
public sealed class PartsTests
{
    [TestMethod]
    [DataRow(8, 32, 8)]
    [DataRow(32, 32, 32)]
    [DataRow(48, 32, 48)]
    [DataRow(63, 32, 63)]
    [DataRow(70, 32, 35)]
    [DataRow(1000, 32, 33)]
    public void No_part_is_asked_to_be_twice_as_long_as_another(int count, int parts, int expected) =>
        Assert.AreEqual(expected, Parts.EvenCount(count, parts));

    [TestMethod]
    public void Parts_follow_each_other_without_a_gap()
    {
        int[] starts = [.. Enumerable.Range(0, 36).Select(part => Parts.Start(70, part, 35))];

        Assert.AreEqual(0, starts[0]);
        Assert.AreEqual(70, starts[^1]);
        Assert.IsTrue(starts.Zip(starts.Skip(1)).All(pair => pair.Second - pair.First == 2));
    }
}
