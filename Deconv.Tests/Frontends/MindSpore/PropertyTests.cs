using System.Numerics.Tensors;
using CsCheck;
using Deconv.Frontends.MindSpore;
using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.MindSpore;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Kernels;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using static Deconv.Tests.Frontends.Torch.FunctionalTests;
using F = Deconv.MindSpore.Mint.NN.Functional;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>
/// Random legal arguments of both operators, held to the scatter oracle bit for bit. A failure
/// prints the smallest case found and the seed that finds it again.
/// </summary>
[TestClass]
public sealed class PropertyTests
{
    private const int Cases = 100;

    /// <summary>Legal or not, small enough that legal sizes end within this.</summary>
    private const int LongestResult = 40;

    private static readonly Gen<AxisArguments> AxisGen =
        Gen.Select(
            Gen.Int[1, 4],
            Gen.Int[1, 4],
            Gen.Int[1, 4],
            Gen.Int[1, 3],
            Gen.Int[0, 3],
            Gen.Int[0, 3],
            Gen.Int[0, 1000],
            (input, kernel, stride, dilation, low, high, choice) =>
                new AxisArguments(input, kernel, stride, dilation, low, high, choice));

    private static readonly Gen<PerAxis<AxisArguments>> AxesGen =
        Gen.Select(AxisGen, AxisGen, (height, width) => new PerAxis<AxisArguments>(height, width));

    private static readonly Gen<ChannelArguments> ChannelGen =
        Gen.Select(
            Gen.Int[1, 3],
            Gen.Int[1, 3],
            Gen.Int[1, 3],
            Gen.Int[1, 3],
            Gen.Bool,
            Gen.Int[0, 1000],
            (batch, groups, ci, co, flag, seed) =>
                new ChannelArguments(batch, groups, ci, co, flag, seed));

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Conv2DTranspose_has_the_bits_of_the_oracle(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Gen.Select(ChannelGen, AxesGen, Gen.OneOf("valid", "same", "pad", "list"))
            .Where((_, axes, mode) => OnBoth(axis => LegalSizes(axes[axis], mode).Length > 0))
            .Sample(
                (channels, axes, mode) => CheckConv2DTranspose(engine, channels, axes, mode),
                iter: Cases,
                threads: 1);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Mints_ConvTranspose2d_has_the_bits_of_the_oracle(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Gen.Select(ChannelGen, AxesGen, Gen.Bool)
            .Where((_, axes, _) => OnBoth(axis => MintOutput(axes[axis]) >= 1))
            .Sample(
                (channels, axes, isBatched) => CheckMint(engine, channels, axes, isBatched),
                iter: Cases,
                threads: 1);
    }

    /// <summary>Legal are the sizes of which a convolution has dout's extents: each is tried.</summary>
    [TestMethod]
    public void Sizes_are_accepted_if_a_convolution_of_them_gives_dout()
    {
        Gen.Select(AxesGen, Gen.OneOf("valid", "same", "pad")).Sample(
            (axes, mode) =>
            {
                foreach (Axis axis in Enum.GetValues<Axis>())
                {
                    for (int size = -1; size <= LongestResult; ++size)
                    {
                        AxisArguments tried = axes[axis];
                        Assert.AreEqual(
                            LegalSizes(tried, mode).Contains(size),
                            IsAccepted(tried, mode, axis, size),
                            $"{tried}, {mode}: {size}");
                    }
                }
            },
            iter: Cases,
            threads: 1);
    }

    private static void CheckConv2DTranspose(
        Engine engine, ChannelArguments channels, PerAxis<AxisArguments> axes, string mode)
    {
        PerAxis<int> size = PerAxis.From(axis =>
        {
            int[] legal = LegalSizes(axes[axis], mode);
            return legal[axes[axis].Choice % legal.Length];
        });
        PerAxis<int> crop = PerAxis.From(axis => Pads(axes[axis], mode, size[axis]).Low);
        ConvTransposeCase c = channels.Case(axes, crop, size, hasBias: false);
        IntTuple pads = (axes.Height.Low, axes.Height.High, axes.Width.Low, axes.Width.High);
        bool isNhwc = channels.Flag;
        var op = new Conv2DTranspose(
            channels.InputChannels,
            (axes.Height.Kernel, axes.Width.Kernel),
            mode == "list" ? "same" : mode,
            mode == "pad" ? pads : 0,
            mode == "list" ? pads : null,
            stride: (axes.Height.Stride, axes.Width.Stride),
            dilation: (axes.Height.Dilation, axes.Width.Dilation),
            group: channels.Groups,
            dataFormat: isNhwc ? "NHWC" : "NCHW");
        int[] expectedLengths = [channels.Batch, channels.OutputChannels, size.Height, size.Width];
        int[] order = isNhwc ? [0, 2, 3, 1] : [0, 1, 2, 3];

        Tensor<float> y = op.Call(
            Tensor.PermuteDimensions(channels.Input(c, isBatched: true), order),
            Tensor.PermuteDimensions(channels.Weight(c), order),
            [.. order.Select(dimension => expectedLengths[dimension])],
            engine);

        Tensor<float> channelsFirst = isNhwc ? Tensor.PermuteDimensions(y, [0, 3, 1, 2]) : y;
        AssertTensor(
            [.. expectedLengths.Select(length => (nint)length)],
            GuardedRun.Rounded(ScatterOracle.Compute(c)),
            HostTensor.Of(channelsFirst.ToArray(), channelsFirst.Lengths.ToArray()));
    }

    private static void CheckMint(
        Engine engine, ChannelArguments channels, PerAxis<AxisArguments> axes, bool isBatched)
    {
        PerAxis<int> Each(Func<AxisArguments, int> of) => PerAxis.From(axis => of(axes[axis]));
        ChannelArguments arguments = isBatched ? channels : channels with { Batch = 1 };
        PerAxis<int> size = Each(MintOutput);
        ConvTransposeCase c = arguments.Case(axes, Each(a => a.Low), size, hasBias: channels.Flag);

        Tensor<float> y = F.ConvTranspose2d(
            arguments.Input(c, isBatched),
            arguments.Weight(c),
            c.Bias is { } bias ? HostTensor.Of([.. bias], bias.Length) : null,
            Each(a => a.Stride),
            Each(a => a.Low),
            Each(OutputPadding),
            arguments.Groups,
            Each(a => a.Dilation),
            engine);

        nint[] sample = [arguments.OutputChannels, size.Height, size.Width];
        AssertTensor(
            isBatched ? [arguments.Batch, .. sample] : sample,
            GuardedRun.Rounded(ScatterOracle.Compute(c)),
            y);
    }

    private static bool IsAccepted(AxisArguments tried, string mode, Axis axis, int size)
    {
        PerAxis<T> OnAxis<T>(T value, T other) => PerAxis.From(a => a == axis ? value : other);
        PerAxis<int> lengths = OnAxis(tried.Input, 1);
        PerAxis<int> kernel = OnAxis(tried.Kernel, 1);
        PerAxis<int> sizes = OnAxis(size, 1);
        var arguments = new Conv2DTransposeArguments
        {
            KernelSize = kernel,
            Stride = OnAxis(tried.Stride, 1),
            Dilation = OnAxis(tried.Dilation, 1),
            Pads = mode switch
            {
                "same" => null,
                "pad" => OnAxis(new AxisPads(tried.Low, tried.High), default),
                _ => default(AxisPads),
            },
            Group = 1,
            Layout = TensorLayout.ChannelsFirst,
        };
        try
        {
            Conv2DTransposeRules.Translate(
                [1, 1, lengths.Height, lengths.Width],
                [1, 1, kernel.Height, kernel.Width],
                [1, 1, sizes.Height, sizes.Width],
                arguments);
            return true;
        }
        catch (ArgumentException refusal) when (refusal.ParamName == "inputSize")
        {
            return false;
        }
    }

    private static bool OnBoth(Func<Axis, bool> holds) => holds(Axis.Height) && holds(Axis.Width);

    private static int[] LegalSizes(AxisArguments a, string mode) =>
    [
        .. Enumerable.Range(1, LongestResult).Where(size =>
        {
            (int low, int high) = Pads(a, mode, size);
            return Math.Floor((size - a.Extent + low + high) / (double)a.Stride) + 1 == a.Input;
        }),
    ];

    private static (int Low, int High) Pads(AxisArguments a, string mode, int size)
    {
        int missing = Math.Max(0, a.Natural - size);
        return mode switch
        {
            "valid" => (0, 0),
            "same" => (missing / 2, missing - missing / 2),
            _ => (a.Low, a.High),
        };
    }

    private static int OutputPadding(AxisArguments a) => a.Choice % Math.Max(a.Stride, a.Dilation);

    private static int MintOutput(AxisArguments a) => a.Natural - 2 * a.Low + OutputPadding(a);

    /// <summary>Choice picks what is left open: a legal size, an output padding.</summary>
    private sealed record AxisArguments(
        int Input, int Kernel, int Stride, int Dilation, int Low, int High, int Choice)
    {
        public int Extent => Dilation * (Kernel - 1) + 1;

        public int Natural => (Input - 1) * Stride + Extent;
    }

    private sealed record ChannelArguments(
        int Batch, int Groups, int GroupInputChannels, int GroupOutputChannels, bool Flag, int Seed)
    {
        public int InputChannels => Groups * GroupInputChannels;

        public int OutputChannels => Groups * GroupOutputChannels;

        public ConvTransposeCase Case(
            PerAxis<AxisArguments> axes, PerAxis<int> crop, PerAxis<int> output, bool hasBias)
        {
            var shape = new CaseShape
            {
                Batch = Batch,
                Groups = Groups,
                GroupInputChannels = GroupInputChannels,
                GroupOutputChannels = GroupOutputChannels,
                HasBias = hasBias,
                Input = PerAxis.From(axis => axes[axis].Input),
                Kernel = PerAxis.From(axis => axes[axis].Kernel),
                Stride = PerAxis.From(axis => axes[axis].Stride),
                Dilation = PerAxis.From(axis => axes[axis].Dilation),
                Crop = crop,
                Output = output,
            };
            return CaseData.Dyadic(shape.ToSpec(), Seed);
        }

        public Tensor<float> Input(ConvTransposeCase c, bool isBatched)
        {
            nint[] sample = [InputChannels, c.Spec.Axes.Height.Input, c.Spec.Axes.Width.Input];
            return HostTensor.Of([.. c.Input], isBatched ? [Batch, .. sample] : sample);
        }

        public Tensor<float> Weight(ConvTransposeCase c) => HostTensor.Of(
            [.. c.Weight],
            InputChannels,
            GroupOutputChannels,
            c.Spec.Axes.Height.Kernel,
            c.Spec.Axes.Width.Kernel);
    }
}
