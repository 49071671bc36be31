using System.CommandLine;
using Deconv.Samples.Cli.Bench;
using ILGPU.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>The whole command line: arguments in, text and an exit code out.</summary>
internal static class CommandLine
{
    public const int Success = 0;

    /// <summary>Something that was verified is not right, or could not be timed.</summary>
    public const int VerificationFailed = 1;

    /// <summary>What was asked cannot be done; one line on the error stream says why.</summary>
    public const int UserError = 2;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        var terminal = new Terminal(output, error);
        var root = new RootCommand(
            "Transposed 2-D convolution on CUDA, OpenCL and the CPU, with the results of torch, "
            + "MindSpore and MegEngine. Exit codes: 0 done, 1 a verification or a timed call failed, 2 an "
            + "error, which is one line on the error stream.")
        {
            DevicesCommand.Create(terminal),
            RunCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            VariantsCommand.Create(terminal),
            BenchCommand.Create(terminal),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
            return Fail(error, $"{Mistake(parsed)} --help lists what there is.");
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (UserErrorException exception)
        {
            return Fail(error, exception.Message);
        }
        catch (ArgumentException exception)
        {
            return Fail(error, Wording.Of(exception));
        }
        catch (AcceleratorException exception)
        {
            return Fail(error, $"the accelerator failed: {exception.Message}");
        }
        catch (OutOfMemoryException exception)
        {
            return Fail(error, $"the arrays are too large for this machine: {exception.Message}");
        }
    }

    /// <summary>A word that is not understood says more than what is missing because of it.</summary>
    private static string Mistake(ParseResult parsed)
    {
        IEnumerable<string> messages = parsed.Errors.Select(error => error.Message);
        return messages.FirstOrDefault(message => parsed.UnmatchedTokens.Any(
            token => message.Contains($"'{token}'", StringComparison.Ordinal)))
            ?? messages.First();
    }

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine($"error: {Wording.OneLine(message)}");
        return UserError;
    }
}
