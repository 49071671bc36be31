using Deconv.Kernels.Problem;
using Deconv.Tests.Support;

namespace Deconv.Tests.Tuning;

/// <summary>Tuners with a file: what they read, write, share and refuse.</summary>
[TestClass]
public sealed class AutotunerFileTests : IDisposable
{
    private static readonly Verifier Verifier = Verifier.For<AutotunerFileTests>();
    private static readonly TuningCase Case = new();
    private static readonly TuningCase Other =
        Case with { Call = Case.Call with { Batch = 7, Layout = TensorLayout.ChannelsLast } };

    private readonly string folder = Directory.CreateTempSubdirectory("deconv-tuner-").FullName;
    private readonly FakeTimer timer = new();

    public static IEnumerable<object[]> BrokenRows =>
    [
        [""],
        ["not JSON"],
        ["[]"],
        ["{}"],
        ["null"],
        ["""{"format":"Deconv.Autotuner 0","entries":[]}"""],
        ["""{"format":"Deconv.Autotuner 1"}"""],
        ["""{"format":"Deconv.Autotuner 1","entries":[],"more":1}"""],
        ["""{"format":"Deconv.Autotuner 1","entries":[{}]}"""],
        ["""{"format":"Deconv.Autotuner 1","entries":[null]}"""],
        [Whole.Replace("\"batch\":2,", "", StringComparison.Ordinal)],
        [Whole.Replace("\"stride\":2", "\"stride\":0", StringComparison.Ordinal)],
        [Whole.Replace("\"height\":{", "\"depth\":{", StringComparison.Ordinal)],
        [Whole.Replace("\"name\":\"p\"", "\"name\":null", StringComparison.Ordinal)],
        [Whole.Replace("\"gather\":5", "\"gather\":-5", StringComparison.Ordinal)],
        [Whole.Replace("\"gather\":5", "\"gather\":\"5\"", StringComparison.Ordinal)],
        [Whole.Replace("\"gather\":5", "", StringComparison.Ordinal)],
        [Whole[..^5]],
    ];

    private static string Whole =>
        """
        {"format":"Deconv.Autotuner 1","entries":[
        {"accelerator":{"kind":"cpu","name":"p","processors":2},"call":{"layout":"ChannelsFirst","batch":2,"inputChannels":3,"outputChannels":2,"groups":1,"hasBias":true,"axes":{"height":{"input":3,"kernel":3,"stride":2,"dilation":1,"crop":0,"output":7},"width":{"input":4,"kernel":2,"stride":3,"dilation":1,"crop":0,"output":11}}},"nanoseconds":{"gather":5}}
        ]}
        """;

    private string File => Path.Combine(folder, "tuned.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [TestMethod]
    public void What_was_saved_is_known_to_the_next_tuner()
    {
        using var first = new Autotuner(timer.Time, File);
        var measured = Case.Ask(first);
        _ = Other.Ask(first);
        first.Save();
        timer.Asked.Clear();

        using var second = new Autotuner(timer.Time, File);

        CollectionAssert.AreEqual(measured!.ToArray(), Case.Ask(second)!.ToArray());
        Assert.IsNotNull(Other.Ask(second));
        Assert.IsEmpty(timer.Asked);
    }

    [TestMethod]
    public void The_file_has_an_entry_a_line_in_order()
    {
        using (var tuner = new Autotuner(timer.Time, File))
        {
            _ = Other.Ask(tuner);
            _ = Case.Ask(tuner);
        }

        Verifier.Verify(System.IO.File.ReadAllText(File));
        CollectionAssert.AreEqual(new[] { File }, Directory.GetFiles(folder));
    }

    [TestMethod]
    public void Entries_of_another_machine_or_table_are_not_used_and_are_kept()
    {
        TuningCase elsewhere = Case with { Accelerator = Case.Accelerator with { Name = "another" } };
        TuningCase before = Case with { Candidates = ["panel", "gather", "retired"] };
        using (var tuner = new Autotuner(timer.Time, File))
        {
            _ = elsewhere.Ask(tuner);
            _ = before.Ask(tuner);
        }

        timer.Asked.Clear();
        using (var tuner = new Autotuner(timer.Time, File))
            _ = Case.Ask(tuner);

        CollectionAssert.AreEqual(Case.Candidates, timer.Asked);
        using var last = new Autotuner(timer.Time, File);
        foreach (TuningCase known in new[] { elsewhere, before, Case })
            Assert.IsNotNull(known.Ask(last));
        Assert.HasCount(Case.Candidates.Length, timer.Asked);
    }

    [TestMethod]
    public void Two_that_share_a_file_add_to_what_it_holds()
    {
        using var one = new Autotuner(timer.Time, File);
        using var other = new Autotuner(timer.Time, File);
        _ = Case.Ask(one);
        _ = Other.Ask(other);

        one.Save();
        other.Save();

        timer.Asked.Clear();
        using var third = new Autotuner(timer.Time, File);
        _ = Case.Ask(third);
        _ = Other.Ask(third);
        Assert.IsEmpty(timer.Asked);
    }

    [TestMethod]
    public void Many_that_save_at_once_leave_a_whole_file()
    {
        Exception[] failures = ManyThreads.Run(thread =>
        {
            var own = new FakeTimer();
            using var tuner = new Autotuner(own.Time, File);
            for (int batch = 1; batch <= 10; ++batch)
            {
                _ = (Case with { Call = Case.Call with { Batch = 10 * thread + batch } }).Ask(tuner);
                tuner.Save();
            }
        });

        Assert.IsEmpty(failures, string.Join<Exception>("\n", failures));
        using var last = new Autotuner(File);
        CollectionAssert.AreEqual(new[] { File }, Directory.GetFiles(folder));
    }

    [TestMethod]
    public void Nothing_new_writes_nothing()
    {
        using (var idle = new Autotuner(timer.Time, File))
            idle.Save();
        Assert.IsFalse(System.IO.File.Exists(File));

        using (var tuner = new Autotuner(timer.Time, File))
            _ = Case.Ask(tuner);
        System.IO.File.AppendAllText(File, "\n");
        string text = System.IO.File.ReadAllText(File);
        using (var idle = new Autotuner(timer.Time, File))
            _ = Case.Ask(idle);
        Assert.AreEqual(text, System.IO.File.ReadAllText(File));
    }

    [TestMethod]
    [DynamicData(nameof(BrokenRows))]
    public void A_file_that_is_no_tuners_is_refused_by_name_and_left_alone(string text)
    {
        var before = new Autotuner(timer.Time, File);
        _ = Case.Ask(before);
        System.IO.File.WriteAllText(File, text);

        InvalidDataException read = Assert.ThrowsExactly<InvalidDataException>(() => new Autotuner(File));
        InvalidDataException saved = Assert.ThrowsExactly<InvalidDataException>(before.Save);
        InvalidDataException disposed = Assert.ThrowsExactly<InvalidDataException>(before.Dispose);

        Assert.StartsWith($"'{File}' is no file of an Autotuner: ", read.Message);
        Assert.AreEqual(read.Message, saved.Message);
        Assert.AreEqual(read.Message, disposed.Message);
        Assert.AreEqual(text, System.IO.File.ReadAllText(File));
    }

    [TestMethod]
    public void The_line_that_broken_rows_start_from_is_whole()
    {
        System.IO.File.WriteAllText(File, Whole);

        using var tuner = new Autotuner(File);

        Assert.AreEqual(File, tuner.Path);
    }

    [TestMethod]
    public void A_place_that_cannot_be_is_refused_at_once()
    {
        string absent = Path.Combine(folder, "absent", "tuned.json");

        Assert.ThrowsExactly<DirectoryNotFoundException>(() => new Autotuner(absent));
        Assert.ThrowsExactly<UnauthorizedAccessException>(() => new Autotuner(folder));
        Assert.ThrowsExactly<ArgumentNullException>(() => new Autotuner(null!));
        Assert.ThrowsExactly<ArgumentException>(() => new Autotuner(""));
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_fails_the_save_and_no_call()
    {
        string inner = Directory.CreateDirectory(Path.Combine(folder, "inner")).FullName;
        var tuner = new Autotuner(timer.Time, Path.Combine(inner, "tuned.json"));
        Directory.Delete(inner);

        Assert.IsNotNull(Case.Ask(tuner));
        Assert.ThrowsExactly<DirectoryNotFoundException>(tuner.Save);
        Assert.ThrowsExactly<DirectoryNotFoundException>(tuner.Dispose);
        tuner.Dispose();
    }
}
