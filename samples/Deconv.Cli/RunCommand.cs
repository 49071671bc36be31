using System.Collections.Immutable;
using System.CommandLine;
using Deconv.Planning;
using Deconv.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>Computes one call on arrays in files.</summary>
internal sealed class RunCommand
{
    private readonly Option<string> op = new("--op")
    {
        Description = "The operator, whose framework's rules the call is held to. There are, with their arguments:"
            + string.Concat(OperatorTable.All.Select(
                op => $"\n{op.Name}: {op.Summary}; {op.OptionNames}{(op.TakesBias ? " --bias" : "")}")),
        HelpName = "name",
        Required = true,
    };

    private readonly Option<string> input = Array("--input", "The array to convolve.", isRequired: true);
    private readonly Option<string> weight = Array("--weight", "The kernel.", isRequired: true);
    private readonly Option<string> bias = Array("--bias", "The bias; none if left out.", isRequired: false);
    private readonly Option<string> output = Array("--output", "The file to write the result to.", isRequired: true);

    private readonly Option<string?> dtype = DtypeOption.ForFiles();

    private readonly Option<string?> accelerator = EngineOptions.Accelerator(
        "Where to compute: auto, or cpu, opencl or cuda with an optional index such as opencl:1. "
        + $"Default: the environment variable {AcceleratorChoice.EnvironmentVariable}, else auto.");

    private readonly Option<string> variant = EngineOptions.Variant(
        $"How to compute: auto for the best way, or one of {string.Join(", ", Engine.Variants)}.");

    private readonly Option<bool> tune = EngineOptions.Tune();

    private readonly Option<bool> explain = new("--explain")
    {
        Description = "Print the plan too: the variant and why not another, the launch, the phases and taps.",
    };

    private readonly ImmutableArray<Option<string?>> own = [.. OwnOptions()];
    private readonly Terminal terminal;

    private RunCommand(Terminal terminal)
    {
        this.terminal = terminal;
    }

    public static Command Create(Terminal terminal)
    {
        var run = new RunCommand(terminal);
        var command = new Command("run", "Computes one transposed convolution on arrays in .npy files.");
        Option[] options =
        [
            run.op, run.input, run.weight, run.bias, run.output, run.dtype, run.accelerator, run.variant, run.tune,
            run.explain,
        ];
        foreach (Option option in options.Concat(run.own))
            command.Add(option);
        command.SetAction(run.Run);
        return command;
    }

    private static Option<string> Array(string name, string description, bool isRequired) => new(name)
    {
        Description = description,
        HelpName = "file.npy",
        Required = isRequired,
    };

    /// <summary>The operators' options; several operators have one of the same name.</summary>
    private static IEnumerable<Option<string?>> OwnOptions() =>
        from op in OperatorTable.All
        from option in op.Options
        group (Operator: op.Name, Option: option) by option.Name into same
        let descriptions = same.GroupBy(row => row.Option.Description, row => row.Operator)
        select new Option<string?>(same.Key)
        {
            Description = string.Join(
                " ",
                descriptions.Select(d => $"{d.Key} [{string.Join(", ", d)}]")),
            HelpName = same.First().Option.HelpName,
        };

    private int Run(ParseResult parsed)
    {
        Operator called = OperatorTable.Named(parsed.GetRequiredValue(op));
        var arguments = new OperatorArguments(
            called, own.Select(option => KeyValuePair.Create(option.Name, parsed.GetValue(option))));
        string? biasPath = parsed.GetValue(bias);
        if (biasPath is not null && !called.TakesBias)
            throw UserErrorException.Of("--bias", biasPath, $"{called.Name} has no bias");
        Operands operands = Read(parsed.GetRequiredValue(input), parsed.GetRequiredValue(weight), biasPath, parsed.GetValue(dtype));

        using Autotuner? tuner = parsed.GetValue(tune) ? new() : null;
        using Engine engine = EngineOptions.Create(
            parsed.GetValue(accelerator), EngineOptions.VariantName(parsed.GetRequiredValue(variant)), tuner);
        string path = parsed.GetRequiredValue(output);
        using var file = new OutputFile("--output", path);
        NpyArray result =
            terminal.WithSpinner("computing", () => called.Run(operands, arguments, engine));
        file.Write(result);

        terminal.Report("accelerator", engine.ToString());
        terminal.Report("result", $"{path}, {TensorLengths.Text(result.Lengths)} {result.Dtype}");
        if (parsed.GetValue(explain))
            Explain(engine);
        return CommandLine.Success;
    }

    private static Operands Read(string inputPath, string weightPath, string? biasPath, string? dtype)
    {
        NpyArray input = Npy.ReadFile("--input", inputPath);
        NpyArray weight = Npy.ReadFile("--weight", weightPath);
        NpyArray? bias = biasPath is null ? null : Npy.ReadFile("--bias", biasPath);
        DtypeOption.RequireOne(
            dtype, ("--input", inputPath, input), ("--weight", weightPath, weight), ("--bias", biasPath ?? "", bias ?? input));
        return new(input, weight, bias);
    }

    /// <summary>The plans that the engine, which computed this one call, has made.</summary>
    private void Explain(Engine engine)
    {
        if (engine.Plans.IsEmpty)
            terminal.Report("plan", "none: the result has no elements");
        foreach (ConvTransposePlan plan in engine.Plans)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine(plan.Explain());
        }
    }
}
