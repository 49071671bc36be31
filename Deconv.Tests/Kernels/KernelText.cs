using System.Globalization;
using System.Text.RegularExpressions;

namespace Deconv.Tests.Kernels;

/// <summary>What can be read off a compiled kernel's text without a device.</summary>
internal static partial class KernelText
{
    public static int CountPtxEntries(string ptx) => PtxEntry().Count(ptx);

    public static int CountOpenClKernels(string source) => OpenClKernel().Count(source);

    /// <summary>Called by the text, defined nowhere in it: a stub that no driver can link.</summary>
    public static string[] UndefinedPtxCalls(string ptx) =>
        [.. Names(PtxCall(), ptx).Except(Names(PtxFunction(), ptx))];

    /// <inheritdoc cref="UndefinedPtxCalls"/>
    public static string[] UndefinedOpenClCalls(string source) =>
        [.. Names(OpenClCall(), source).Except(Names(OpenClFunction(), source))];

    /// <summary>The first number of a directive such as maxntid; null where the text has none.</summary>
    public static int? PtxDirective(string ptx, string name) =>
        PtxDirectives().Matches(ptx).FirstOrDefault(match => match.Groups[1].Value == name) is Match found
            ? int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>
    /// What the text does with shared memory, in its order: "store", "barrier" and "load", once for
    /// neighbours that do the same, except that each barrier counts.
    /// </summary>
    public static string[] SharedMemorySteps(string ptx)
    {
        var steps = new List<string>();
        foreach (Match match in PtxSharedMemory().Matches(ptx))
        {
            string step = match.Value switch
            {
                "bar.sync" => "barrier",
                "ld.shared" or "ldmatrix" => "load",
                _ => "store",
            };
            if (step == "barrier" || steps.LastOrDefault() != step)
                steps.Add(step);
        }

        return [.. steps];
    }

    private static IEnumerable<string> Names(Regex pattern, string text) =>
        pattern.Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\.entry\s+\w+")]
    private static partial Regex PtxEntry();

    [GeneratedRegex(@"\.func\s+(?:\([^)]*\)\s*)?(\w+)\s*\([^)]*\)\s*\{")]
    private static partial Regex PtxFunction();

    [GeneratedRegex(@"\bcall(?:\.uni)?\s+(?:\([^)]*\)\s*,\s*)?(\w+)")]
    private static partial Regex PtxCall();

    [GeneratedRegex(@"\.(maxntid|minnctapersm)\s+(\d+)")]
    private static partial Regex PtxDirectives();

    [GeneratedRegex(@"\b(?:bar\.sync|(?:st|ld)\.shared|cp\.async\.c[ag]\.shared|ldmatrix)\b")]
    private static partial Regex PtxSharedMemory();

    [GeneratedRegex(@"\bkernel\s+void\s+\w+")]
    private static partial Regex OpenClKernel();

    [GeneratedRegex(@"\b(\w+_\d+)\s*\([^(){};]*\)\s*\{")]
    private static partial Regex OpenClFunction();

    /// <summary>ILGPU ends the names of its own functions in a number; built-in ones have none.</summary>
    [GeneratedRegex(@"\b(\w+_\d+)\s*\(")]
    private static partial Regex OpenClCall();
}
