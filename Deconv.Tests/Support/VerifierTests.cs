namespace Deconv.Tests.Support;

[TestClass]
public sealed class VerifierTests
{
    private readonly string directory = Directory.CreateTempSubdirectory("deconv-verifier-").FullName;
    private readonly Verifier verifier;

    public VerifierTests()
    {
        verifier = new Verifier(directory, "Class");
    }

    private string VerifiedPath => Path.Combine(directory, "Class.Method.verified.txt");

    private string ReceivedPath => Path.Combine(directory, "Class.Method.received.txt");

    [TestCleanup]
    public void DeleteDirectory() => Directory.Delete(directory, recursive: true);

    [TestMethod]
    public void A_match_passes_and_deletes_the_file_received_before()
    {
        File.WriteAllText(VerifiedPath, "one\ntwo");
        File.WriteAllText(ReceivedPath, "old");

        verifier.Verify("one\ntwo", method: "Method");

        Assert.IsFalse(File.Exists(ReceivedPath));
    }

    [TestMethod]
    public void A_mismatch_fails_and_leaves_both_files_to_compare()
    {
        File.WriteAllText(VerifiedPath, "one\ntwo");

        AssertFailedException failure =
            Assert.ThrowsExactly<AssertFailedException>(() => verifier.Verify("one\nthree", method: "Method"));

        Assert.Contains(VerifiedPath, failure.Message);
        Assert.Contains(ReceivedPath, failure.Message);
        Assert.AreEqual("one\nthree", File.ReadAllText(ReceivedPath));
        Assert.AreEqual("one\ntwo", File.ReadAllText(VerifiedPath));
    }

    [TestMethod]
    public void A_missing_snapshot_fails_and_is_not_written()
    {
        Assert.ThrowsExactly<AssertFailedException>(() => verifier.Verify("one", method: "Method"));

        Assert.AreEqual("one", File.ReadAllText(ReceivedPath));
        Assert.IsFalse(File.Exists(VerifiedPath));
    }

    [TestMethod]
    public void Ignored_parameters_name_the_received_file_only()
    {
        File.WriteAllText(VerifiedPath, "one");
        string receivedPath = Path.Combine(directory, "Class.Method_accelerator=cpu.received.txt");

        verifier.Verify("one", "accelerator=cpu", "Method");
        Assert.IsFalse(File.Exists(receivedPath));

        Assert.ThrowsExactly<AssertFailedException>(
            () => verifier.Verify("two", "accelerator=cpu", "Method"));
        Assert.AreEqual("two", File.ReadAllText(receivedPath));
    }

    [TestMethod]
    public void Line_endings_and_a_last_newline_do_not_matter()
    {
        File.WriteAllText(VerifiedPath, "one\r\ntwo\r\n");

        verifier.Verify("one\ntwo", method: "Method");

        Assert.IsFalse(File.Exists(ReceivedPath));
    }

    [TestMethod]
    public void Spaces_and_case_do_matter()
    {
        File.WriteAllText(VerifiedPath, "one");

        Assert.ThrowsExactly<AssertFailedException>(() => verifier.Verify("One", method: "Method"));
        Assert.ThrowsExactly<AssertFailedException>(() => verifier.Verify("one ", method: "Method"));
    }
}
