using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Deconv.Tuning;

/// <summary>
/// What this machine's processor calls itself, which ILGPU's CPU accelerator does not say; its
/// architecture where it does not tell.
/// </summary>
internal static class ProcessorName
{
    private const int FirstLeaf = unchecked((int)0x80000002);
    private const int LastLeaf = unchecked((int)0x80000004);
    private const int LastOfAll = unchecked((int)0x80000000);

    public static string Text { get; } = Read();

    private static string Read()
    {
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(LastOfAll, 0).Eax < unchecked((uint)LastLeaf))
            return RuntimeInformation.ProcessArchitecture.ToString();
        Span<(int Eax, int Ebx, int Ecx, int Edx)> registers =
            stackalloc (int, int, int, int)[LastLeaf - FirstLeaf + 1];
        for (int leaf = 0; leaf < registers.Length; ++leaf)
            registers[leaf] = X86Base.CpuId(FirstLeaf + leaf, 0);
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(registers)).Trim('\0', ' ');
    }
}
