using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Deconv;
using Deconv.Samples.Upscale;
using Spectre.Console;

const int UserErrorCode = 2;

// Work on fewer pixels is over before a progress bar is read.
const long ProgressPixels = 4_000_000;

var pictureArgument = new Argument<string?>("picture")
{
    Description = "The PNG or JPEG file to enlarge; without one, a picture that comes with the sample.",
    Arity = ArgumentArity.ZeroOrOne,
};
var factorOption = new Option<int>("--factor")
{
    Description = "How many times wider and higher the result is: 2, 3, 4 or 8.",
    HelpName = "number",
    DefaultValueFactory = _ => 4,
};
var filterOption = new Option<string>("--filter")
{
    Description = "bilinear (soft), bicubic (sharp) or lanczos3 (sharpest).",
    HelpName = "name",
    DefaultValueFactory = _ => "bicubic",
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
    DefaultValueFactory = _ => "upscaled.png",
};

var command = new RootCommand(
    "Enlarges a picture with a transposed convolution, on whatever accelerator the machine has.")
{
    pictureArgument, factorOption, filterOption, acceleratorOption, outputOption,
};
command.SetAction(Run);
ParseResult parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
    return Fail($"{parsed.Errors[0].Message} --help lists what there is.");
return parsed.Invoke();

int Run(ParseResult arguments)
{
    try
    {
        Enlarge(
            PicturePath(arguments.GetValue(pictureArgument)),
            Filter.Named(arguments.GetRequiredValue(filterOption)),
            Factor(arguments.GetRequiredValue(factorOption)),
            arguments.GetValue(acceleratorOption),
            arguments.GetRequiredValue(outputOption));
        return 0;
    }
    catch (Exception exception) when (exception
        is UserErrorException or ArgumentException or AcceleratorUnavailableException)
    {
        return Fail(exception.Message);
    }
}

static string PicturePath(string? argument)
{
    if (argument is null)
        return Path.Combine(AppContext.BaseDirectory, "Assets", "lighthouse.png");
    return argument.StartsWith('-')
        ? throw new UserErrorException($"{argument} is no option; --help lists what there is.")
        : argument;
}

static int Factor(int value) => value is 2 or 3 or 4 or 8
    ? value
    : throw new UserErrorException($"--factor is {value}, but it must be 2, 3, 4 or 8.");

static void Enlarge(string path, Filter filter, int factor, string? accelerator, string output)
{
    Picture source = PictureFile.Read(path);
    (long width, long height) = ((long)source.Width * factor, (long)source.Height * factor);
    Picture.ByteCount(width, height, source.Channels);
    bool isLong = width * height >= ProgressPixels;

    using Engine engine = Engine.Create(accelerator);
    using var file = new PictureFile(output);
    foreach (AcceleratorCandidate candidate in engine.Candidates.OrderByDescending(c => c.IsChosen))
        Report(candidate.IsChosen ? "accelerator" : "", candidate.ToString());
    Report("picture", $"{path}, {source.Width} x {source.Height}, {source.Format}");

    var upscaler = new Upscaler(engine, filter, factor);
    var watch = Stopwatch.StartNew();
    Picture result = isLong
        ? WithProgress("enlarging", source.Height, progress => upscaler.Run(source, progress))
        : upscaler.Run(source);
    TimeSpan time = watch.Elapsed;

    if (isLong)
        WithSpinner("writing the file", () => file.Write(result));
    else
        file.Write(result);
    Report("result", $"{output}, {result.Width} x {result.Height}, {filter.Name} x {factor}");
    Report("time", string.Create(
        CultureInfo.InvariantCulture,
        $"{time.TotalSeconds:F3} s to enlarge, {width * height / time.TotalSeconds / 1e6:F1} Mpixel/s"));
}

static void Report(string label, string text) => Console.WriteLine($"{label,-12} {text}");

static int Fail(string message)
{
    Console.Error.WriteLine($"error: {message}");
    return UserErrorCode;
}

static T WithProgress<T>(string name, int total, Func<IProgress<int>, T> work) =>
    AnsiConsole.Progress().Start(context =>
    {
        ProgressTask task = context.AddTask(name, maxValue: total);
        return work(new DirectProgress(done => task.Value = done));
    });

static void WithSpinner(string name, Action work) =>
    AnsiConsole.Status().Start(name, _ => work());

/// <summary>Reports on the calling thread, in order.</summary>
internal sealed class DirectProgress(Action<int> report) : IProgress<int>
{
    public void Report(int value) => report(value);
}
