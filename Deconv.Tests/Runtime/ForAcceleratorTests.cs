using Deconv.Tests.Support;
using ILGPU.Runtime;

namespace Deconv.Tests.Runtime;

/// <summary>Engines over accelerators that the caller owns.</summary>
[TestClass]
public sealed class ForAcceleratorTests
{
    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    public static IEnumerable<object[]> LevelRows => TestAccelerators.Cross(OptimizationLevels.Names);

    [TestMethod]
    [DynamicData(nameof(LevelRows))]
    public void Result_is_right_whatever_the_context_optimizes(string level, string accelerator)
    {
        using ForeignAccelerator foreign =
            ForeignAccelerator.Create(accelerator, OptimizationLevels.Parse(level));
        using Engine engine = Engine.ForAccelerator(foreign.Accelerator);

        Workload.Small.AssertRightOn(engine);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void The_caller_is_named_as_the_one_who_chose(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        using Engine engine = Engine.ForAccelerator(foreign.Accelerator);

        AcceleratorCandidate candidate = engine.Candidates.Single();
        Assert.IsTrue(candidate.IsChosen);
        Assert.AreEqual("given by the caller", candidate.Reason);
        Assert.AreSame(foreign.Accelerator, engine.Accelerator);
        Assert.AreSame(foreign.Accelerator.DefaultStream, engine.Stream);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Disposing_the_engine_leaves_accelerator_and_stream_usable(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        using AcceleratorStream stream = foreign.Accelerator.CreateStream();
        Engine.ForAccelerator(foreign.Accelerator, stream).Dispose();

        using Engine next = Engine.ForAccelerator(foreign.Accelerator, stream);

        Workload.Small.AssertRightOn(next);
        Assert.AreSame(stream, next.Stream);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_stream_of_another_accelerator_is_refused(string accelerator)
    {
        using ForeignAccelerator one = ForeignAccelerator.Create(accelerator);
        using ForeignAccelerator other = ForeignAccelerator.Create(accelerator);
        using AcceleratorStream stream = other.Accelerator.CreateStream();

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => Engine.ForAccelerator(one.Accelerator, stream));

        Assert.AreEqual("stream", refusal.ParamName);
        Assert.Contains("of another accelerator", refusal.Message);
    }

    [TestMethod]
    public void No_accelerator_is_refused()
    {
        ArgumentNullException refusal =
            Assert.ThrowsExactly<ArgumentNullException>(() => Engine.ForAccelerator(null!));

        Assert.AreEqual("accelerator", refusal.ParamName);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void The_callers_accelerator_may_go_before_engine_and_tensors(string accelerator)
    {
        ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        Engine engine = Engine.ForAccelerator(foreign.Accelerator);
        Workload.Small.AssertRightOn(engine);
        DeviceTensor<float> tensor = engine.Allocate<float>(3);

        foreign.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => tensor.ToTensor());
        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Synchronize());
        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Allocate<float>(3));
        tensor.Dispose();
        engine.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void The_callers_stream_may_go_before_the_engine(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        AcceleratorStream stream = foreign.Accelerator.CreateStream();
        Engine engine = Engine.ForAccelerator(foreign.Accelerator, stream);
        Workload.Small.AssertRightOn(engine);

        stream.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => Workload.Small.AssertRightOn(engine));
        engine.Dispose();
        Assert.IsFalse(foreign.Accelerator.IsDisposed);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Two_engines_over_one_accelerator_work_on_their_own_streams(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        using AcceleratorStream stream = foreign.Accelerator.CreateStream();
        using Engine one = Engine.ForAccelerator(foreign.Accelerator);
        using Engine other = Engine.ForAccelerator(foreign.Accelerator, stream);

        Workload.Small.AssertRightOn(one);
        Workload.Small.AssertRightOn(other);
        Assert.AreNotSame(one.Stream, other.Stream);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_disposed_engine_is_refused_though_its_accelerator_lives(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        Engine engine = Engine.ForAccelerator(foreign.Accelerator);
        using DeviceTensor<float> tensor = engine.Allocate<float>(3);
        engine.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => tensor.ToTensor());
        Assert.ThrowsExactly<ObjectDisposedException>(engine.Synchronize);
        Assert.ThrowsExactly<ObjectDisposedException>(() => Workload.Small.AssertRightOn(engine));
    }

    /// <summary>
    /// OpenCL sets arguments on a kernel object that the accelerator's engines share, so one waits
    /// while another is inside.
    /// </summary>
    [TestMethod]
    public void Engines_over_one_accelerator_share_its_lock()
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create("cpu");
        using Engine one = Engine.ForAccelerator(foreign.Accelerator);
        using Engine other = Engine.ForAccelerator(foreign.Accelerator);
        Task waiting;
        using (one.Enter())
        {
            waiting = Task.Run(other.Synchronize);
            Assert.IsFalse(waiting.Wait(TimeSpan.FromMilliseconds(200)));
        }

        Assert.IsTrue(waiting.Wait(TimeSpan.FromSeconds(30)));
    }
}
