using System.Numerics.Tensors;
using Deconv;
using F = Deconv.Torch.Functional;

// Outside the library's namespaces, as its users are.
namespace Readme;

/// <summary>The example of README.md, compiled, run and compared with the README's text.</summary>
internal static class Example
{
    public static (Tensor<float> OneCall, Tensor<float> OnDevice) Run()
    {
        // README begin
        // One call on host tensors; the best accelerator of the machine is chosen at first use.
        Tensor<float> input = Tensor.Create([1f, 2, 3, 4], [1, 1, 2, 2]);   // N, C_in, H, W
        Tensor<float> weight = Tensor.Create([1f, 1, 1, 1], [1, 1, 2, 2]);  // C_in, C_out, kH, kW
        Tensor<float> output = F.ConvTranspose2d(input, weight, stride: 2);

        // Several calls on an accelerator of your choice, without copies in between.
        using Engine engine = Engine.Create("cpu");
        using DeviceTensor<float> x = engine.Upload(input), w = engine.Upload(weight);
        using DeviceTensor<float> wide = F.ConvTranspose2d(x, w, stride: (1, 2));
        using DeviceTensor<float> large = F.ConvTranspose2d(wide, w, stride: 2, padding: (1, 0));
        Tensor<float> result = large.ToTensor();
        // README end
        return (output, result);
    }
}
