namespace Deconv.Tests.Support;

/// <summary>
/// What tests want and machines may lack. A test without it is skipped and counted, unless the
/// environment variable DECONV_REQUIRE (a list such as <c>cpu,opencl,ptxas</c>) makes its absence a
/// failure.
/// </summary>
internal static class Requirement
{
    public const string Variable = "DECONV_REQUIRE";

    /// <summary>Ends the test: as failed if the name is required, else as skipped.</summary>
    /// <param name="name">What is missing.</param>
    /// <param name="skipped">What is said if it may be.</param>
    /// <param name="reason">Why it is, for those who require it.</param>
    public static void Miss(string name, string skipped, string reason)
    {
        string[] required = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(name))
            Assert.Fail($"{Variable} asks for {name}: {reason}");
        Assert.Inconclusive(skipped);
    }
}
