using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>What the assembler made of a kernel.</summary>
internal sealed record PtxasReport(int Registers, int StackBytes, int SpillBytes, int SharedBytes)
{
    /// <summary>The machine code, as the assembler wrote it.</summary>
    public byte[] Code { get; init; } = [];
}

/// <summary>
/// NVIDIA's assembler, from the path with its disassembler, of the one release whose figures the
/// snapshot holds: others count other registers. Tests without it end as <see cref="Requirement"/> says.
/// </summary>
internal static partial class Ptxas
{
    private const string Name = "ptxas";
    private const string Disassembler = "nvdisasm";
    private const string Release = "release 12.4";

    private static readonly Lazy<string?> Absence = new(FindAbsence);

    private static readonly ConcurrentDictionary<(string, string, string), Lazy<PtxasReport>> Reports = new();

    /// <summary>Those that the registers are counted of, and that this release knows.</summary>
    public static string[] Architectures { get; } = ["sm_80", "sm_90"];

    /// <summary>Assembles a kernel for an architecture, once.</summary>
    public static PtxasReport Assemble(string kernel, string architecture, string level)
    {
        Require();
        return Reports.GetOrAdd(
            (kernel, architecture, level),
            _ => new(() => Assemble(KernelEntries.Ptx(kernel, architecture, level), architecture))).Value;
    }

    /// <summary>The machine code of an assembled kernel as text.</summary>
    public static string Disassemble(PtxasReport report)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, report.Code);
            return Run(Disassembler, "-c", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Ends the test where there is no assembler.</summary>
    public static void Require()
    {
        if (Absence.Value is string reason)
            Requirement.Miss(Name, $"No {Name} of {Release}: {reason}", reason);
    }

    /// <summary>What -v tells of a kernel and of the functions that it calls.</summary>
    public static PtxasReport Parse(string report) => new(
        Most(UsedRegisters(), report),
        Most(Stack(), report),
        Spills().Matches(report).Sum(Number),
        Most(Shared(), report));

    private static int Most(Regex pattern, string report) =>
        pattern.Matches(report).Select(Number).DefaultIfEmpty().Max();

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string? FindAbsence()
    {
        try
        {
            string version = Run(Name, "--version");
            Run(Disassembler, "--version");
            return version.Contains(Release, StringComparison.Ordinal) ? null : $"it is another: {version.Trim()}";
        }
        catch (Win32Exception exception)
        {
            return exception.Message;
        }
    }

    private static PtxasReport Assemble(string ptx, string architecture)
    {
        string folder = Directory.CreateTempSubdirectory("deconv-ptxas-").FullName;
        try
        {
            string source = Path.Combine(folder, "kernel.ptx");
            File.WriteAllText(source, ptx);
            string code = Path.Combine(folder, "kernel.cubin");
            string report = Run(Name, "-v", $"-arch={architecture}", "-o", code, source);
            return Parse(report) with { Code = File.ReadAllBytes(code) };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string tool, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output);
        return output;
    }

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex UsedRegisters();

    [GeneratedRegex(@"(\d+) bytes (?:stack frame|cumulative stack size)")]
    private static partial Regex Stack();

    [GeneratedRegex(@"(\d+) bytes spill (?:stores|loads)")]
    private static partial Regex Spills();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();
}
