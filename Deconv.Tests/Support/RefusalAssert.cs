namespace Deconv.Tests.Support;

/// <summary>A refusal names its argument, and its message holds what it should say of it.</summary>
internal static class RefusalAssert
{
    public static void Throws(string argument, string[] words, Func<object> run)
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(run);
        Assert.AreEqual(argument, refusal.ParamName, refusal.Message);
        foreach (string word in words)
            Assert.Contains(word, refusal.Message);
    }
}
