using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Deconv;
using Deconv.Samples.Upscale;
using Spectre.Console;

const int UserErrorCode = 2;

// Work on fewer pixels is over before a progress bar is read.
const long ProgressPixels = 4_000_000;

var pictureArgument = new Argument<string>("picture")
{
    Description = "The PNG or JPEG file to enlarge.",
    DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "Assets", "lighthouse.png"),
};
var factorOption = new Option<int>("--factor")
{
    Description = "How many times wider and higher the result is: 2, 3, 4 or 8.",
    DefaultValueFactory = _ => 4,
};
factorOption.AcceptOnlyFromAmong("2", "3", "4", "8");
var filterOption = new Option<string>("--filter")
{
    Description = "bilinear (soft), bicubic (sharp) or lanczos3 (sharpest).",
    DefaultValueFactory = _ => "bicubic",
};
filterOption.AcceptOnlyFromAmong([.. Filter.All.Select(filter => filter.Name)]);
var acceleratorOption = new Option<string?>("--accelerator")
{
    Description = "auto, or cuda, opencl or cpu with an optional index such as opencl:1.",
};
var outputOption = new Option<string>("--output")
{
    Description = "The PNG file to write.",
    DefaultValueFactory = _ => "upscaled.png",
};

var command = new RootCommand(
    "Enlarges a picture with a transposed convolution, on whatever accelerator the machine has.")
{
    pictureArgument, factorOption, filterOption, acceleratorOption, outputOption,
};
command.SetAction(Run);
return command.Parse(args).Invoke();

int Run(ParseResult arguments)
{
    try
    {
        Enlarge(
            arguments.GetRequiredValue(pictureArgument),
            Filter.Named(arguments.GetRequiredValue(filterOption)),
            arguments.GetRequiredValue(factorOption),
            arguments.GetValue(acceleratorOption),
            arguments.GetRequiredValue(outputOption));
        return 0;
    }
    catch (Exception exception) when (exception
        is UserErrorException or ArgumentException or AcceleratorUnavailableException)
    {
        Console.Error.WriteLine($"error: {exception.Message}");
        return UserErrorCode;
    }
}

void Enlarge(string path, Filter filter, int factor, string? accelerator, string output)
{
    Picture source = PictureFile.Read(path);
    long pixels = (long)source.Width * factor * source.Height * factor;
    Picture.ByteCount((long)source.Width * factor, (long)source.Height * factor, source.Channels);

    using Engine engine = Engine.Create(accelerator);
    foreach (AcceleratorCandidate candidate in engine.Candidates.OrderByDescending(c => c.IsChosen))
        Report(candidate.IsChosen ? "accelerator" : "", candidate.ToString());
    Report("picture", $"{path}, {source.Width} x {source.Height}, {source.Format}");

    var upscaler = new Upscaler(engine, filter, factor);
    var watch = Stopwatch.StartNew();
    Picture result = pixels < ProgressPixels
        ? upscaler.Run(source)
        : WithProgress("enlarging", source.Height, progress => upscaler.Run(source, progress));
    TimeSpan time = watch.Elapsed;

    if (pixels < ProgressPixels)
        PictureFile.Write(output, result);
    else
        WithSpinner("writing", () => PictureFile.Write(output, result));
    Report("result", $"{output}, {result.Width} x {result.Height}, {filter.Name} x {factor}");
    Report("time", string.Create(
        CultureInfo.InvariantCulture,
        $"{time.TotalSeconds:F3} s to enlarge, {pixels / time.TotalSeconds / 1e6:F1} Mpixel/s"));
}

static void Report(string label, string text) => Console.WriteLine($"{label,-12} {text}");

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
