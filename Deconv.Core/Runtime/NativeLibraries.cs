using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;

namespace Deconv.Runtime;

/// <summary>
/// Lets ILGPU find the drivers that it asks for by their development names: Linux machines
/// without compiler packages have only the versioned files, and WSL keeps its driver apart.
/// </summary>
internal static class NativeLibraries
{
    private static readonly Dictionary<string, string[]> FallbackFiles = new()
    {
        ["OpenCL"] = ["libOpenCL.so.1"],
        ["cuda"] = ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"],
    };

    private static readonly Lazy<bool> Installed = new(Install);

    /// <summary>
    /// Adds the fallback to the load context that ILGPU lives in; it is asked only after the
    /// normal search has failed, so that it hides no library and no resolver of the application.
    /// </summary>
    public static void EnsureInstalled() => _ = Installed.Value;

    /// <summary>Whether a driver that ILGPU would ask for can be loaded.</summary>
    public static bool IsPresent(string name)
    {
        EnsureInstalled();
        bool found = NativeLibrary.TryLoad(name, typeof(Context).Assembly, null, out nint handle)
            || (handle = Resolve(typeof(Context).Assembly, name)) != 0;
        if (found)
            NativeLibrary.Free(handle);
        return found;
    }

    private static bool Install()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        AssemblyLoadContext.GetLoadContext(typeof(Context).Assembly)!.ResolvingUnmanagedDll += Resolve;
        return true;
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (OperatingSystem.IsLinux() && FallbackFiles.TryGetValue(name, out string[]? files))
        {
            foreach (string file in files)
            {
                if (NativeLibrary.TryLoad(file, out nint handle))
                    return handle;
            }
        }

        return 0;
    }
}
