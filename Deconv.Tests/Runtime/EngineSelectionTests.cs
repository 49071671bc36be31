using Deconv.Runtime;
using Deconv.Tests.Support;

namespace Deconv.Tests.Runtime;

[TestClass]
public sealed class EngineSelectionTests
{
    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DataRow("cpu")]
    [DataRow("cpu:0")]
    [DataRow(" CPU ")]
    public void The_cpu_is_there_under_its_names(string accelerator)
    {
        using Engine engine = Engine.Create(accelerator);

        Assert.AreEqual(AcceleratorKind.Cpu, engine.Kind);
        Workload.Small.AssertRightOn(engine);
    }

    [TestMethod]
    public void Automatic_choice_finds_an_accelerator_that_computes()
    {
        using Engine engine = Engine.Create("auto");

        Workload.Small.AssertRightOn(engine);
        Assert.Contains("chosen automatically", engine.ToString());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Exactly_one_candidate_is_chosen_and_each_has_a_reason(string accelerator)
    {
        using Engine engine = TestAccelerators.CreateOwned(accelerator);

        AcceleratorCandidate chosen = engine.Candidates.Single(candidate => candidate.IsChosen);
        Assert.AreEqual(engine.Kind, chosen.Kind);
        Assert.AreEqual($"asked for as '{accelerator}'", chosen.Reason);
        Assert.IsTrue(engine.Candidates.All(candidate => candidate.Reason.Length > 0));
    }

    [TestMethod]
    public void Automatic_choice_reports_every_kind()
    {
        using Engine engine = Engine.Create("auto");

        Assert.HasCount(1, engine.Candidates.Where(candidate => candidate.IsChosen));
        foreach (AcceleratorKind kind in Enum.GetValues<AcceleratorKind>())
            Assert.Contains(candidate => candidate.Kind == kind, engine.Candidates);
    }

    [TestMethod]
    public void A_kind_that_the_machine_lacks_is_refused_with_what_there_is()
    {
        using Engine automatic = Engine.Create("auto");
        AcceleratorCandidate? missing = automatic.Candidates.FirstOrDefault(c => c.Index is null);
        if (missing is null)
            Assert.Inconclusive("This machine has every kind of accelerator.");
        string text = AcceleratorChoice.Text(missing.Kind, null);

        AcceleratorUnavailableException refusal =
            Assert.ThrowsExactly<AcceleratorUnavailableException>(() => Engine.Create(text));

        Assert.Contains($"'{text}'", refusal.Message);
        Assert.Contains(missing.Reason, refusal.Message);
        Assert.Contains("cpu:0", refusal.Message);
        Assert.DoesNotContain(candidate => candidate.IsChosen, refusal.Candidates);
    }

    [TestMethod]
    public void An_index_past_the_last_device_is_refused_with_what_there_is()
    {
        AcceleratorUnavailableException refusal =
            Assert.ThrowsExactly<AcceleratorUnavailableException>(() => Engine.Create("cpu:1"));

        Assert.Contains("'cpu:1'", refusal.Message);
        AcceleratorCandidate cpu = refusal.Candidates.Single(c => c.Kind == AcceleratorKind.Cpu);
        Assert.AreEqual(0, cpu.Index);
        Assert.AreEqual("not the one asked for", cpu.Reason);
        foreach (AcceleratorKind kind in Enum.GetValues<AcceleratorKind>())
            Assert.Contains(candidate => candidate.Kind == kind, refusal.Candidates);
    }

    [TestMethod]
    [DataRow("gpu")]
    [DataRow("cpu:x")]
    [DataRow("cpu:-1")]
    [DataRow("cpu:1:2")]
    [DataRow("cpu:")]
    [DataRow("cpu:99999999999")]
    [DataRow("auto:0")]
    [DataRow("")]
    public void A_text_that_names_no_accelerator_is_refused_with_the_rule(string accelerator)
    {
        ArgumentException refusal =
            Assert.ThrowsExactly<ArgumentException>(() => Engine.Create(accelerator));

        Assert.AreEqual("accelerator", refusal.ParamName);
        Assert.Contains($"'{accelerator}'", refusal.Message);
        Assert.Contains("it must be auto, or cuda, opencl or cpu", refusal.Message);
    }

    [TestMethod]
    [DoNotParallelize]
    public void The_environment_variable_decides_for_callers_who_do_not()
    {
        using var variable = new EnvironmentVariable(AcceleratorChoice.EnvironmentVariable, "cpu");

        using Engine engine = Engine.Create();

        Assert.AreEqual("asked for as 'cpu'", engine.Candidates.Single(c => c.IsChosen).Reason);
    }

    [TestMethod]
    [DoNotParallelize]
    public void The_environment_variable_is_ignored_where_the_caller_decides()
    {
        using var variable = new EnvironmentVariable(AcceleratorChoice.EnvironmentVariable, "nonsense");

        using Engine engine = Engine.Create("cpu:0");

        Assert.AreEqual("asked for as 'cpu:0'", engine.Candidates.Single(c => c.IsChosen).Reason);
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_bad_environment_variable_is_refused_by_its_name()
    {
        using var variable = new EnvironmentVariable(AcceleratorChoice.EnvironmentVariable, "nonsense");

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => Engine.Create());

        Assert.AreEqual(AcceleratorChoice.EnvironmentVariable, refusal.ParamName);
        Assert.Contains("'nonsense'", refusal.Message);
    }

    [TestMethod]
    [DoNotParallelize]
    [DataRow(null)]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("auto")]
    public void An_empty_environment_variable_means_automatic(string? value)
    {
        using var variable = new EnvironmentVariable(AcceleratorChoice.EnvironmentVariable, value);

        using Engine engine = Engine.Create();

        Assert.AreEqual("chosen automatically", engine.Candidates.Single(c => c.IsChosen).Reason);
    }
}
