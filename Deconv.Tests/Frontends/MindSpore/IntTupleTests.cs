using Deconv.MindSpore;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>Every way to write a tuple keeps its numbers and its length.</summary>
[TestClass]
public sealed class IntTupleTests
{
    [TestMethod]
    public void Numbers_tuples_and_collections_keep_their_length()
    {
        AssertNumbers([3], 3);
        AssertNumbers([3, 5], (3, 5));
        AssertNumbers([1, 2, 3, 4], (1, 2, 3, 4));
        AssertNumbers([1, 3, 8, 8], [1, 3, 8, 8]);
        AssertNumbers([7, 8, 9], [7, .. new[] { 8, 9 }]);
        AssertNumbers([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]);
        AssertNumbers([], []);
        AssertNumbers([], default);
    }

    [TestMethod]
    public void Optional_arguments_take_collections_too()
    {
        IntTuple? optional = [1, 2, 3, 4];

        AssertNumbers([1, 2, 3, 4], optional.Value);
    }

    [TestMethod]
    public void Tuples_are_equal_by_their_numbers()
    {
        IntTuple pair = (3, 5);
        IntTuple collection = [3, 5];
        IntTuple nothing = [];

        Assert.AreEqual(pair, collection);
        Assert.AreEqual(pair.GetHashCode(), collection.GetHashCode());
        Assert.IsTrue(pair == (3, 5));
        Assert.IsTrue(pair != (5, 3));
        Assert.AreNotEqual<object>(pair, (3, 5));
        Assert.AreNotEqual<IntTuple>(3, (3, 3));
        Assert.AreEqual(default, nothing);
    }

    [TestMethod]
    public void Text_is_as_in_MindSpore_with_brackets()
    {
        Assert.AreEqual("3", ((IntTuple)3).ToString());
        Assert.AreEqual("[3, -5]", ((IntTuple)(3, -5)).ToString());
        Assert.AreEqual("[]", default(IntTuple).ToString());
    }

    private static void AssertNumbers(int[] expected, IntTuple actual)
    {
        var numbers = new List<int>();
        foreach (int number in actual)
            numbers.Add(number);

        CollectionAssert.AreEqual(expected, numbers);
        CollectionAssert.AreEqual(expected, actual.AsSpan().ToArray());
        Assert.AreEqual(expected.Length, actual.Length);
        if (expected.Length > 0)
            Assert.AreEqual(expected[^1], actual[actual.Length - 1]);
        Assert.ThrowsExactly<IndexOutOfRangeException>(() => actual[actual.Length]);
    }
}
