using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Deconv.Samples.Cli.Bench;

/// <summary>What figures depend on besides the shapes: the machine and the versions.</summary>
internal static class BenchMachine
{
    private const int FirstBrandLeaf = unchecked((int)0x80000002);
    private const int BrandLeaves = 3;
    private const int ShortRevision = 7;

    /// <summary>The model as the processor names itself; of others than x86, the architecture.</summary>
    public static string Processor
    {
        get
        {
            if (!X86Base.IsSupported || X86Base.CpuId(int.MinValue, 0).Eax < FirstBrandLeaf + BrandLeaves - 1)
                return RuntimeInformation.ProcessArchitecture.ToString();
            var brand = new StringBuilder();
            for (int leaf = FirstBrandLeaf; leaf < FirstBrandLeaf + BrandLeaves; ++leaf)
            {
                (int eax, int ebx, int ecx, int edx) = X86Base.CpuId(leaf, 0);
                brand.Append(Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([eax, ebx, ecx, edx])));
            }

            return brand.Replace('\0', ' ').ToString().Trim();
        }
    }

    public static string System => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}";

    /// <summary>The version of the assembly of a type, and the commit where the build wrote one.</summary>
    public static (string Version, string? Commit) VersionOf(Type type)
    {
        string[] parts = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+');
        return (parts[0], parts.Length > 1 ? parts[1][..Math.Min(ShortRevision, parts[1].Length)] : null);
    }
}
