using System.Numerics.Tensors;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Frontends;

/// <summary>What the modules of all frameworks do with their weights.</summary>
[TestClass]
public sealed class ModuleTests
{
    public static IEnumerable<object[]> Rows => TestAccelerators.Cross(ModuleUnderTest.Names);

    public static IEnumerable<object[]> ModuleRows => ModuleUnderTest.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Input_shapes_change_from_call_to_call_and_the_copies_stay(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using ModuleUnderTest module = ModuleUnderTest.Create(name, engine);
        ConvTransposeCase first = ModuleUnderTest.Case((4, 5));
        module.SetWeights(first);

        module.AssertRight(first, "first");
        (DeviceTensor<float> weight, DeviceTensor<float>? bias) = module.Prepared.OnDevice(engine);
        module.AssertRight(WithWeightsOf(first, ModuleUnderTest.Case((1, 7), seed: 2)), "wider");
        module.AssertRight(first, "again");

        Assert.AreSame(weight, module.Prepared.OnDevice(engine).Weight);
        Assert.AreSame(bias, module.Prepared.OnDevice(engine).Bias);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void What_is_set_is_used_from_the_next_call_on(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using ModuleUnderTest module = ModuleUnderTest.Create(name, engine);
        ConvTransposeCase first = ModuleUnderTest.Case((4, 5)), second = ModuleUnderTest.Case((4, 5), seed: 2);
        module.SetWeights(first);
        module.AssertRight(first, "first");
        (DeviceTensor<float> weight, DeviceTensor<float>? bias) = module.Prepared.OnDevice(engine);

        module.SetWeight(HostTensor.Of([.. second.Weight], module.WeightLengths));
        module.AssertRight(first with { Weight = second.Weight }, "weight set");
        Assert.AreNotSame(weight, module.Prepared.OnDevice(engine).Weight);
        Assert.AreSame(bias, module.Prepared.OnDevice(engine).Bias);

        module.SetBias(null);
        Assert.IsNull(module.Get().Bias);
        module.AssertRight(
            first with { Weight = second.Weight, Bias = null, Spec = first.Spec with { HasBias = false } },
            "bias removed");

        module.SetBias(HostTensor.Of([.. second.Bias!.Value], module.BiasLengths));
        module.AssertRight(first with { Weight = second.Weight, Bias = second.Bias }, "bias set");
    }

    [TestMethod]
    [DynamicData(nameof(ModuleRows))]
    public void A_change_in_place_is_seen_once_the_tensor_is_set_again(string name)
    {
        using ModuleUnderTest module = ModuleUnderTest.Create(name, TestAccelerators.Get("cpu"));
        ConvTransposeCase before = ModuleUnderTest.Case((4, 5)), after = ModuleUnderTest.Case((4, 5), seed: 2);
        module.SetWeights(before);
        module.AssertRight(before, "before");

        Tensor<float> weight = module.Get().Weight;
        HostTensor.Of([.. after.Weight], module.WeightLengths).CopyTo(weight);
        module.AssertRight(before, "changed in place");
        module.SetWeight(weight);

        module.AssertRight(before with { Weight = after.Weight }, "set again");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void On_device_tensors_the_bits_are_the_same_with_an_output_and_without(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using ModuleUnderTest module = ModuleUnderTest.Create(name, engine);
        ConvTransposeCase c = ModuleUnderTest.Case((4, 5));
        module.SetWeights(c);
        using DeviceTensor<float> input = engine.Upload(ModuleUnderTest.Input(c));
        using DeviceTensor<float> given = engine.Upload(HostTensor.Filled(float.NaN, 2, 6, 9, 14));

        using DeviceTensor<float> made = module.OnDevice(input, null);
        DeviceTensor<float> returned = module.OnDevice(input, given);

        Assert.AreSame(given, returned);
        CollectionAssert.AreEqual(new nint[] { 2, 6, 9, 14 }, made.Lengths.ToArray());
        BitAssert.AreEqual(ModuleUnderTest.Expected(c), HostTensor.Values(made.ToTensor()), "made");
        BitAssert.AreEqual(ModuleUnderTest.Expected(c), HostTensor.Values(given.ToTensor()), "given");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void An_empty_batch_and_no_batch_have_their_shapes(string name, string accelerator)
    {
        using ModuleUnderTest module = ModuleUnderTest.Create(name, TestAccelerators.Get(accelerator));
        ConvTransposeCase c = ModuleUnderTest.Case((4, 5));
        module.SetWeights(c);

        Tensor<float> empty = module.OnHost(Tensor.CreateFromShape<float>([0, 4, 4, 5]));
        Tensor<float> sample = module.OnHost(HostTensor.Of([.. c.Input.Take(4 * 4 * 5)], 4, 4, 5));

        CollectionAssert.AreEqual(new nint[] { 0, 6, 9, 14 }, empty.Lengths.ToArray());
        CollectionAssert.AreEqual(new nint[] { 6, 9, 14 }, sample.Lengths.ToArray());
        BitAssert.AreEqual(
            ModuleUnderTest.Expected(c).AsSpan(0, 6 * 9 * 14), HostTensor.Values(sample), "sample");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Many_threads_get_the_bits_of_one_weight_or_the_other_while_it_is_set(string name, string accelerator)
    {
        const int Setters = 2;
        Engine engine = TestAccelerators.Get(accelerator);
        using ModuleUnderTest module = ModuleUnderTest.Create(name, engine);
        ConvTransposeCase one = ModuleUnderTest.Case((4, 5));
        ConvTransposeCase other = one with { Weight = ModuleUnderTest.Case((4, 5), seed: 2).Weight };
        float[][] expected = [ModuleUnderTest.Expected(one), ModuleUnderTest.Expected(other)];
        Tensor<float>[] weights =
            [.. new[] { one, other }.Select(c => HostTensor.Of([.. c.Weight], module.WeightLengths))];
        module.SetWeights(one);
        int callers = ManyThreads.Count - Setters;

        Exception[] failures = ManyThreads.Run(thread =>
        {
            for (int set = 0; thread < Setters && Volatile.Read(ref callers) > 0; ++set)
                module.SetWeight(weights[set % weights.Length]);
            if (thread < Setters)
                return;
            try
            {
                using DeviceTensor<float> input = engine.Upload(ModuleUnderTest.Input(one));
                for (int call = 0; call < 50; ++call)
                {
                    using DeviceTensor<float> output = module.OnDevice(input, null);
                    float[] actual = HostTensor.Values(output.ToTensor());
                    Assert.IsTrue(expected.Any(actual.SequenceEqual), $"call {call} of thread {thread}");
                }
            }
            finally
            {
                Interlocked.Decrement(ref callers);
            }
        });

        Assert.IsEmpty(failures, string.Join<Exception>("\n", failures));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_disposed_module_leaves_its_results_and_refuses_calls(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        ModuleUnderTest module = ModuleUnderTest.Create(name, engine);
        ConvTransposeCase c = ModuleUnderTest.Case((4, 5));
        module.SetWeights(c);
        using DeviceTensor<float> input = engine.Upload(ModuleUnderTest.Input(c));
        using DeviceTensor<float> result = module.OnDevice(input, null);

        module.Dispose();
        module.Dispose();

        BitAssert.AreEqual(ModuleUnderTest.Expected(c), HostTensor.Values(result.ToTensor()), "result");
        Assert.ThrowsExactly<ObjectDisposedException>(() => module.OnDevice(input, null));
        Assert.ThrowsExactly<ObjectDisposedException>(() => module.OnHost(ModuleUnderTest.Input(c)));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_module_that_outlives_its_engine_refuses_calls_and_can_be_disposed(string name, string accelerator)
    {
        Engine engine = TestAccelerators.CreateOwned(accelerator);
        ModuleUnderTest module = ModuleUnderTest.Create(name, engine);
        ConvTransposeCase c = ModuleUnderTest.Case((4, 5));
        module.SetWeights(c);
        module.AssertRight(c, "before");

        engine.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => module.OnHost(ModuleUnderTest.Input(c)));
        module.SetWeights(c);
        module.Dispose();
    }

    [TestMethod]
    [DoNotParallelize]
    [DynamicData(nameof(ModuleRows))]
    public void Without_an_engine_the_default_one_computes_also_after_it_was_made_anew(string name)
    {
        using ModuleUnderTest module = ModuleUnderTest.Create(name, engine: null);
        ConvTransposeCase c = ModuleUnderTest.Case((4, 5));
        module.SetWeights(c);
        module.AssertRight(c, "first default engine");

        Engine.Default.Dispose();

        module.AssertRight(c, "second default engine");
    }

    [TestMethod]
    [DynamicData(nameof(ModuleRows))]
    public void A_tensor_of_another_engine_is_refused_by_name(string name)
    {
        using ModuleUnderTest module = ModuleUnderTest.Create(name, TestAccelerators.Get("cpu"));
        using Engine other = Engine.Create("cpu");
        using DeviceTensor<float> input = other.Upload(ModuleUnderTest.Input(ModuleUnderTest.Case((4, 5))));

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => module.OnDevice(input, null));

        Assert.AreEqual(name == "torch" ? "input" : "inp", refusal.ParamName);
        Assert.Contains("of another engine", refusal.Message);
        Assert.Contains("the module's", refusal.Message);
    }

    [TestMethod]
    [DynamicData(nameof(ModuleRows))]
    public void A_weight_or_bias_of_another_shape_is_refused_and_the_old_one_stays(string name)
    {
        using ModuleUnderTest module = ModuleUnderTest.Create(name, TestAccelerators.Get("cpu"));
        ConvTransposeCase c = ModuleUnderTest.Case((4, 5));
        module.SetWeights(c);

        AssertRefused("[72]", "weight is " + Text(module.WeightLengths), () => module.SetWeight(HostTensor.Filled(0, 72)));
        AssertRefused(
            "[3, 4, 3, 2]",
            "weight is " + Text(module.WeightLengths),
            () => module.SetWeight(HostTensor.Filled(0, 3, 4, 3, 2)));
        AssertRefused("[1, 6]", "bias is " + Text(module.BiasLengths), () => module.SetBias(HostTensor.Filled(0, 1, 6)));
        AssertRefused("[3]", "bias is " + Text(module.BiasLengths), () => module.SetBias(HostTensor.Filled(0, 3)));
        Assert.AreEqual(
            "value",
            Assert.ThrowsExactly<ArgumentNullException>(() => module.SetWeight(null!)).ParamName);

        module.AssertRight(c, "after the refusals");
    }

    [TestMethod]
    [DynamicData(nameof(ModuleRows))]
    public void Null_and_a_wrong_output_are_refused_by_name(string name)
    {
        Engine engine = TestAccelerators.Get("cpu");
        using ModuleUnderTest module = ModuleUnderTest.Create(name, engine);
        using DeviceTensor<float> input = engine.Upload(ModuleUnderTest.Input(ModuleUnderTest.Case((4, 5))));
        using DeviceTensor<float> output = engine.Allocate<float>(2, 6, 9, 13);
        string argument = name == "torch" ? "input" : "inp";

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => module.OnDevice(input, output));

        Assert.AreEqual("output", refusal.ParamName);
        Assert.Contains("[2, 6, 9, 14]", refusal.Message);
        Assert.AreEqual(
            argument, Assert.ThrowsExactly<ArgumentNullException>(() => module.OnHost(null!)).ParamName);
        Assert.AreEqual(
            argument,
            Assert.ThrowsExactly<ArgumentNullException>(() => module.OnDevice(null!, null)).ParamName);
    }

    private static ConvTransposeCase WithWeightsOf(ConvTransposeCase weights, ConvTransposeCase c) =>
        c with { Weight = weights.Weight, Bias = weights.Bias };

    private static string Text(nint[] lengths) => $"[{string.Join(", ", lengths)}]";

    private static void AssertRefused(string value, string rule, Action set)
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(set);
        Assert.AreEqual("value", refusal.ParamName);
        Assert.Contains($"value is {value}", refusal.Message);
        Assert.Contains(rule, refusal.Message);
    }
}
