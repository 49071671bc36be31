using System.Reflection;
using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Launch;

/// <summary>
/// Compiles .NET methods before they are called. On the CPU accelerator kernels are such methods, and those
/// that are optimised from the first call on take the runtime milliseconds each.
/// </summary>
internal static class AheadOfTime
{
    /// <summary>Compiles the methods of a type, type arguments given, that are optimised from the first call on.</summary>
    public static void Compile(Type type)
    {
        const BindingFlags Own = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (MethodInfo method in type.GetMethods(Own))
        {
            if (!method.IsGenericMethod && method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization))
                Compile(method);
        }
    }

    /// <summary>Compiles a method, all type arguments given.</summary>
    public static void Compile(MethodInfo method)
    {
        Type[] arguments =
        [
            .. method.DeclaringType!.GetGenericArguments(),
            .. method.GetGenericArguments(),
        ];
        RuntimeHelpers.PrepareMethod(method.MethodHandle, Array.ConvertAll(arguments, argument => argument.TypeHandle));
    }
}
