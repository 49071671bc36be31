using System.CommandLine;
using System.Globalization;
using ILGPU.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>Computes cases whose results are known, everywhere, and compares bit for bit.</summary>
internal sealed class VerifyCommand
{
    private readonly Option<string> cases = new("--cases")
    {
        Description = "A folder with an index.json (a list of cases: name; op, which is "
            + $"{TorchOperators.ConvTranspose2d.Name} where it is left out; args, or the arguments beside the name) "
            + "and for each case NAME.npz with the arrays x, w, y and, where there is a bias, b. "
            + $"Operators: {OperatorTable.Names}.",
        HelpName = "folder",
        Required = true,
    };

    private readonly Option<string?> accelerator = EngineOptions.Accelerator(
        "Where to compute: all (one of each kind; those that the machine lacks are skipped), auto, or "
        + "cpu, opencl or cuda with an optional index such as opencl:1. Default: as for run.");

    private readonly Option<string> variant = EngineOptions.Variant(
        "How to compute: all (those that refuse a case are skipped), auto for the best way, or one of "
        + $"{string.Join(", ", Engine.Variants)}.");

    private readonly Option<string> dtype = DtypeOption.ForAny();

    private readonly Option<string?> writeOutputs = new("--write-outputs")
    {
        Description = "A folder to store each result in, as CASE.ACCELERATOR.VARIANT.npy.",
        HelpName = "folder",
    };

    private readonly Terminal terminal;

    private VerifyCommand(Terminal terminal)
    {
        this.terminal = terminal;
    }

    public static Command Create(Terminal terminal)
    {
        var verify = new VerifyCommand(terminal);
        var command = new Command(
            "verify",
            "Computes the cases of a folder and compares each result, bit for bit, with the one that is there.")
        {
            verify.cases,
            verify.accelerator,
            verify.variant,
            verify.dtype,
            verify.writeOutputs,
        };
        command.SetAction(verify.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Dtype type = DtypeOption.Real(parsed.GetRequiredValue(dtype));
        List<VerifyCase> list = CaseFolder.Read(parsed.GetRequiredValue(cases));
        string? folder = parsed.GetValue(writeOutputs);
        if (folder is not null)
            OutputFile.Try("--write-outputs", folder, () => Directory.CreateDirectory(folder));
        using var targets =
            new Targets(parsed.GetValue(accelerator), parsed.GetRequiredValue(variant));

        var rows = new List<VerifyRow>();
        terminal.WithProgress("verifying", list, item =>
        {
            (Operands operands, NpyArray expected) = item.Read(type);
            foreach ((Target target, Engine engine) in targets.Present)
                rows.Add(Verify(item, operands, expected, target, engine, folder));
        });

        // One row for each accelerator that the machine lacks: the table is about the others.
        rows.AddRange(targets.Missing.Select(missing => new VerifyRow(
            $"all {list.Count}", missing.Target, null, Outcome.Skipped, missing.Reason, list.Count)));
        return Report(rows);
    }

    private static VerifyRow Verify(
        VerifyCase item,
        Operands operands,
        NpyArray expected,
        Target target,
        Engine engine,
        string? folder)
    {
        try
        {
            NpyArray result = item.Operator.Run(operands, item.Arguments, engine);
            if (folder is not null)
                Store(result, folder, $"{item.Name}.{target.Accelerator.Replace(':', '-')}.{target.Variant}.npy");
            var comparison = Comparison.Of(expected, result);
            return comparison.IsBitwiseEqual
                ? new(item.Name, target, comparison, Outcome.Passed, "")
                : new(item.Name, target, comparison, Outcome.Failed, comparison.FirstDifference!);
        }
        catch (UserErrorException refusal) when (refusal.InnerException is ArgumentException argument)
        {
            bool isVariant = argument.ParamName == "variant";
            return new(item.Name, target, null, isVariant ? Outcome.Skipped : Outcome.Failed, refusal.Message);
        }
        catch (AcceleratorException failure)
        {
            return new(item.Name, target, null, Outcome.Failed, Wording.OneLine(failure.Message));
        }
    }

    private static void Store(NpyArray result, string folder, string name)
    {
        using var file = new OutputFile("--write-outputs", Path.Combine(folder, name));
        file.Write(result);
    }

    private int Report(List<VerifyRow> rows)
    {
        terminal.Write(
            ["case", "accelerator", "variant", "difference", "bits", "outcome"],
            rows.Select(row => row.Cells));
        foreach (IGrouping<string, VerifyRow> same in rows.Where(row => row.Reason.Length > 0).GroupBy(row => row.Note))
        {
            string which = same.Count() == 1 ? same.First().Case : $"{same.Count()} cases";
            terminal.Output.WriteLine($"{which}, {same.Key}");
        }

        int failed = Count(Outcome.Failed);
        terminal.Output.WriteLine(
            $"{Count(Outcome.Passed)} passed, {failed} failed, {Count(Outcome.Skipped)} skipped");
        return failed == 0 ? CommandLine.Success : CommandLine.VerificationFailed;

        int Count(Outcome outcome) => rows.Where(row => row.Outcome == outcome).Sum(row => row.Count);
    }

    private enum Outcome
    {
        Passed,
        Failed,
        Skipped,
    }

    /// <summary>What became of a case on a target, or of several cases.</summary>
    private sealed record VerifyRow(
        string Case,
        Target Target,
        Comparison? Comparison,
        Outcome Outcome,
        string Reason,
        int Count = 1)
    {
        public string[] Cells =>
        [
            Case,
            Target.Accelerator,
            Target.Variant,
            Comparison?.LargestDifference.ToString("G4", CultureInfo.InvariantCulture) ?? "-",
            Comparison is null ? "-" : Comparison.IsBitwiseEqual ? "equal" : "differ",
            Outcome switch
            {
                Outcome.Passed => "passed",
                Outcome.Failed => "FAILED",
                _ => "skipped",
            },
        ];

        /// <summary>What is told below the table, once for all cases that share it.</summary>
        public string Note => $"{Target.Accelerator}, {Target.Variant}: {Reason}";
    }
}
