using System.Numerics;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Support;

namespace Deconv.Tests.Frontends;

/// <summary>
/// A way to ask for a transposed convolution on device tensors with an output given, ready to be
/// called again and again.
/// </summary>
internal sealed class WarmCall : IDisposable
{
    private static readonly Dictionary<string, Func<WarmCall, Action>> Makers = new()
    {
        ["torch function"] = call =>
        {
            DeviceTensor<float> x = call.Tensor(2, 4, 3, 5), w = call.Tensor(4, 3, 3, 2), b = call.Tensor(6);
            DeviceTensor<float> y = call.Tensor(2, 6, 6, 14);
            return () => Deconv.Torch.Functional.ConvTranspose2d(
                x, w, b, (2, 3), (1, 0), (1, 0), groups: 2, dilation: (1, 1), output: y);
        },
        ["torch function, float16"] = call =>
        {
            DeviceTensor<Half> x = call.Tensor<Half>(2, 4, 3, 5), w = call.Tensor<Half>(4, 6, 3, 2);
            DeviceTensor<Half> y = call.Tensor<Half>(2, 6, 7, 14);
            return () => Deconv.Torch.Functional.ConvTranspose2d(x, w, stride: (2, 3), output: y);
        },
        ["torch module, complex128"] = call =>
        {
            var module = call.Keep(
                new Deconv.Torch.ConvTranspose2d<Complex>(4, 6, (3, 2), stride: (2, 3), engine: call.engine));
            DeviceTensor<Complex> x = call.Tensor<Complex>(2, 4, 3, 5), y = call.Tensor<Complex>(2, 6, 7, 14);
            return () => module.Forward(x, output: y);
        },
        ["torch function, no batch"] = call =>
        {
            DeviceTensor<float> x = call.Tensor(4, 3, 5), w = call.Tensor(4, 3, 3, 2), y = call.Tensor(3, 5, 6);
            return () => Deconv.Torch.Functional.ConvTranspose2d(x, w, output: y);
        },
        ["torch module"] = call =>
        {
            var module = call.Keep(
                new Deconv.Torch.ConvTranspose2d<float>(4, 6, (3, 2), stride: (2, 3), engine: call.engine));
            DeviceTensor<float> x = call.Tensor(2, 4, 3, 5), y = call.Tensor(2, 6, 7, 14);
            return () => module.Forward(x, output: y);
        },
        ["torch module, output size"] = call =>
        {
            var module = call.Keep(
                new Deconv.Torch.ConvTranspose2d<float>(4, 6, (3, 2), stride: (2, 3), engine: call.engine));
            DeviceTensor<float> x = call.Tensor(2, 4, 3, 5), y = call.Tensor(2, 6, 8, 15);
            return () => module.Forward(x, outputSize: [8, 15], output: y);
        },
        ["mindspore operator"] = call =>
        {
            var operation = new Conv2DTranspose(
                4, (3, 2), padMode: "pad", pad: (1, 0, 0, 1), stride: (2, 3), group: 2);
            DeviceTensor<float> x = call.Tensor(2, 4, 3, 5), w = call.Tensor(4, 3, 3, 2);
            DeviceTensor<float> y = call.Tensor(2, 6, 6, 13);
            return () => operation.Call(x, w, (2, 6, 6, 13), y);
        },
        ["mindspore operator, NHWC, same"] = call =>
        {
            var operation = new Conv2DTranspose(4, (3, 2), padMode: "same", stride: (2, 3), dataFormat: "NHWC");
            DeviceTensor<float> x = call.Tensor(2, 3, 5, 4), w = call.Tensor(4, 3, 2, 6);
            DeviceTensor<float> y = call.Tensor(2, 6, 14, 6);
            return () => operation.Call(x, w, [2, 6, 14, 6], y);
        },
        ["mint function"] = call =>
        {
            DeviceTensor<float> x = call.Tensor(2, 4, 3, 5), w = call.Tensor(4, 3, 3, 2), b = call.Tensor(6);
            DeviceTensor<float> y = call.Tensor(2, 6, 6, 14);
            return () => Deconv.MindSpore.Mint.NN.Functional.ConvTranspose2d(
                x, w, b, (2, 3), (1, 0), (1, 0), groups: 2, output: y);
        },
        ["megengine function"] = call =>
        {
            DeviceTensor<float> x = call.Tensor(2, 4, 3, 5), w = call.Tensor(2, 2, 3, 3, 2);
            DeviceTensor<float> b = call.Tensor(1, 6, 1, 1), y = call.Tensor(2, 6, 6, 14);
            return () => Deconv.MegEngine.Functional.ConvTranspose2d(
                x, w, b, (2, 3), (1, 0), (1, 0), groups: 2, output: y);
        },
        ["megengine module"] = call =>
        {
            var module = call.Keep(
                new Deconv.MegEngine.ConvTranspose2d<float>(4, 6, (3, 2), stride: (2, 3), groups: 2, engine: call.engine));
            DeviceTensor<float> x = call.Tensor(2, 4, 3, 5), y = call.Tensor(2, 6, 7, 14);
            return () => module.Forward(x, y);
        },
    };

    private readonly Engine engine;
    private readonly Stack<IDisposable> kept = new();

    public WarmCall(string name, Engine engine)
    {
        this.engine = engine;
        Run = Makers[name](this);
    }

    public static string[] Names { get; } = [.. Makers.Keys];

    public Action Run { get; }

    public void Dispose()
    {
        foreach (IDisposable item in kept)
            item.Dispose();
    }

    private DeviceTensor<float> Tensor(params ReadOnlySpan<nint> lengths) =>
        Keep(engine.Upload(HostTensor.Filled(1, lengths.ToArray())));

    private DeviceTensor<T> Tensor<T>(params ReadOnlySpan<nint> lengths)
        where T : unmanaged =>
        Keep(engine.Upload(System.Numerics.Tensors.Tensor.CreateFromShape<T>(lengths)));

    private T Keep<T>(T item)
        where T : IDisposable
    {
        kept.Push(item);
        return item;
    }
}
