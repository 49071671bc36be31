using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Deconv;
using Deconv.Samples.Generator;
using StbImageWriteSharp;

const int UserErrorCode = 2;
const int MostPictures = 256;

var seedOption = new Option<int>("--seed")
{
    Description = "Draws the network and the pictures: the same seed paints the same pictures.",
    HelpName = "number",
    DefaultValueFactory = _ => 1,
};
var countOption = new Option<int>("--count")
{
    Description = $"How many pictures to paint: 1 to {MostPictures}.",
    HelpName = "number",
    DefaultValueFactory = _ => 16,
};
var acceleratorOption = new Option<string?>("--accelerator")
{
    Description = "auto, or cuda, opencl or cpu with an optional index such as opencl:1.",
    HelpName = "name",
};
var outputOption = new Option<string>("--output")
{
    Description = "The PNG file to write.",
    HelpName = "file",
    DefaultValueFactory = _ => "generated.png",
};

var command = new RootCommand(
    "Paints pictures with a generator of transposed convolutions that stays on the accelerator.")
{
    seedOption, countOption, acceleratorOption, outputOption,
};
command.SetAction(arguments =>
{
    try
    {
        Generate(
            arguments.GetRequiredValue(seedOption),
            arguments.GetRequiredValue(countOption),
            arguments.GetValue(acceleratorOption),
            arguments.GetRequiredValue(outputOption));
        return 0;
    }
    catch (Exception exception) when (exception is ArgumentException
        or AcceleratorUnavailableException or IOException or UnauthorizedAccessException)
    {
        return Fail(exception.Message);
    }
});

ParseResult parsed = command.Parse(args);
return parsed.Errors.Count > 0
    ? Fail($"{parsed.Errors[0].Message} --help lists what there is.")
    : parsed.Invoke();

static void Generate(int seed, int count, string? accelerator, string output)
{
    if (count is < 1 or > MostPictures)
        throw new ArgumentException($"--count is {count}, but it must be 1 to {MostPictures}.");

    using Engine engine = Engine.Create(accelerator);
    Console.WriteLine($"accelerator  {engine}");
    var watch = Stopwatch.StartNew();
    using var network = new Network(engine, seed);
    using DeviceTensor<float> pictures = network.Paint(count, seed);
    network.Squash(pictures);
    float[] values = new float[pictures.FlattenedLength];
    pictures.CopyTo(new TensorSpan<float>(values, pictures.Lengths));
    TimeSpan time = watch.Elapsed;

    int columns = (int)Math.Ceiling(Math.Sqrt(count));
    PictureGrid grid = PictureGrid.Of(values, columns);
    using (FileStream stream = File.Create(output))
        new ImageWriter().WritePng(grid.Pixels, grid.Width, grid.Height, ColorComponents.RedGreenBlue, stream);
    Console.WriteLine($"result       {output}, {grid.Width} x {grid.Height}, {count} pictures");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"time         {time.TotalSeconds:F3} s to paint"));
}

static int Fail(string message)
{
    Console.Error.WriteLine($"error: {message}");
    return UserErrorCode;
}
