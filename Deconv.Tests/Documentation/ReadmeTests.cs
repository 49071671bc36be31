using System.Numerics.Tensors;
using Deconv.Tests.Support;

namespace Deconv.Tests.Documentation;

[TestClass]
public sealed class ReadmeTests
{
    [TestMethod]
    public void Example_computes_what_torch_computes()
    {
        (Tensor<float> oneCall, Tensor<float> onDevice) = Readme.Example.Run();

        float[] expected = [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4];
        BitAssert.AreEqual(expected, HostTensor.Values(oneCall), "one call");
        CollectionAssert.AreEqual(new nint[] { 1, 1, 4, 8 }, onDevice.Lengths.ToArray());
    }

    [TestMethod]
    public void Example_is_the_code_that_is_compiled_here()
    {
        string source = File.ReadAllText(Path.Combine(SourceTree.Root, "Deconv.Tests/Documentation/ReadmeExample.cs"));
        string readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));

        string[] usings = [.. Lines(source).TakeWhile(line => line.StartsWith("using", StringComparison.Ordinal))];
        string[] body =
        [
            .. Lines(source)
                .SkipWhile(line => line != "// README begin").Skip(1)
                .TakeWhile(line => line != "// README end"),
        ];
        string[] example =
            [.. Lines(readme).SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```")];

        CollectionAssert.AreEqual(usings.Concat(body).ToArray(), example);
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
