using System.CommandLine;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Offline;
using Deconv.Kernels.Variants;
using ILGPU;

namespace Deconv.Samples.Cli;

/// <summary>Lists the kernel variants, and compiles them without a device.</summary>
internal static class VariantsCommand
{
    private const string DefaultArchitecture = "sm_90";

    public static Command Create(Terminal terminal)
    {
        string architectures = string.Join(", ", OfflineCompiler.Architectures.Select(row => row.Name));
        var emit = new Option<string?>("--emit")
        {
            Description = "A folder to write each variant's PTX (for CUDA) and OpenCL C into; no device is needed.",
            HelpName = "folder",
        };
        var arch = new Option<string?>("--arch")
        {
            Description = $"The NVIDIA architecture of the PTX, default {DefaultArchitecture}: {architectures}.",
            HelpName = "name",
        };
        var command = new Command(
            "variants",
            "Lists the kernel variants, best first: the ways to compute a call, one of which --variant forces.")
        {
            emit,
            arch,
        };
        command.SetAction(parsed =>
        {
            string? folder = parsed.GetValue(emit);
            string? name = parsed.GetValue(arch);
            if (name is not null && folder is null)
                throw UserErrorException.Of("--arch", name, "it needs --emit, the folder to write into");
            if (folder is not null)
                return Emit(terminal, folder, name ?? DefaultArchitecture);
            terminal.Write(["variant", "what it does"], VariantTable.All.Select(v => new[] { v.Name, v.Summary }));
            return CommandLine.Success;
        });
        return command;
    }

    private static int Emit(Terminal terminal, string folder, string arch)
    {
        if (OfflineCompiler.Architectures.FirstOrDefault(row => row.Name == arch) is not { Name: not null } target)
        {
            string known = string.Join(", ", OfflineCompiler.Architectures.Select(row => row.Name));
            throw UserErrorException.Of("--arch", arch, $"it must be one of: {known}");
        }

        OutputFile.Try("--emit", folder, () => Directory.CreateDirectory(folder));
        var files = new List<string[]>();
        terminal.WithProgress("compiling", VariantTable.All, variant =>
        {
            foreach (KernelEntry entry in variant.EntryPoints)
            {
                if (entry.Oldest is null || target.Architecture >= entry.Oldest)
                {
                    Add(variant, $"{entry.Name}.{arch}.ptx", OfflineCompiler.ToPtx(
                        entry, target.Architecture, OptimizationLevel.O1));
                }

                if (entry.Oldest is null)
                    Add(variant, $"{entry.Name}.cl", OfflineCompiler.ToOpenCl(entry, OptimizationLevel.O1));
            }
        });
        terminal.Write(["variant", "file"], files);
        return CommandLine.Success;

        void Add(KernelVariant variant, string name, string text)
        {
            string path = Path.Combine(folder, name);
            OutputFile.Try("--emit", path, () =>
            {
                File.WriteAllText(path, text);
                return path;
            });
            files.Add([variant.Name, path]);
        }
    }
}
