using System.Text.RegularExpressions;

namespace Deconv.Tests.Kernels;

/// <summary>What can be read off a kernel's machine code, as nvdisasm prints it.</summary>
internal static partial class SassText
{
    /// <summary>
    /// The share of fused multiply-adds of floats in the loop that has most of them, of those that have no
    /// loop inside; zero where there is none.
    /// </summary>
    public static double FusedShare(string sass)
    {
        var labels = new Dictionary<string, int>();
        var codes = new List<string>();
        var loops = new List<(int Start, int End)>();
        foreach (Match line in Line().Matches(sass))
        {
            if (line.Groups["label"].Success)
                labels[line.Groups["label"].Value] = codes.Count;
            else
                codes.Add(line.Groups["code"].Value);
            if (line.Groups["target"].Success && labels.TryGetValue(line.Groups["target"].Value, out int start))
                loops.Add((start, codes.Count));
        }

        return loops
            .Where(loop => !loops.Exists(other => other != loop && other.Start >= loop.Start && other.End <= loop.End))
            .Select(loop => codes[loop.Start..loop.End])
            .Select(body => (Fused: body.Count(code => code == "FFMA"), All: body.Count))
            .OrderByDescending(body => body.Fused)
            .Select(body => (double)body.Fused / body.All)
            .FirstOrDefault();
    }

    /// <summary>A label, or an instruction behind its address, with the label that a branch goes to.</summary>
    [GeneratedRegex(
        @"^(?:(?<label>\.L_x_\d+):|\s+/\*[0-9a-f]+\*/\s+(?:@!?U?P\d+\s+)?(?<code>[A-Z0-9]+)[^\n]*?(?:\((?<target>\.L_x_\d+)\)[^\n]*)?;)",
        RegexOptions.Multiline)]
    private static partial Regex Line();
}
