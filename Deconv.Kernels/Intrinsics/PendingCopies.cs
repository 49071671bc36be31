using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Intrinsics;

/// <summary>
/// The copies that a work item of the CPU accelerator, which is a thread, has started. They are
/// made at the last moment that hardware allows, so that a kernel which does not wait computes with
/// what was there before.
/// </summary>
internal static unsafe class PendingCopies
{
    [ThreadStatic]
    private static List<PendingCopy>? copies;

    [ThreadStatic]
    private static int group;

    /// <summary>Starts to copy a number, or zeros in its place where it is not there.</summary>
    public static void Add<T>(ref T target, ref T source, bool isThere)
        where T : unmanaged =>
        (copies ??= []).Add(new(
            (nint)Unsafe.AsPointer(ref target),
            isThere ? (nint)Unsafe.AsPointer(ref source) : 0,
            sizeof(T),
            group));

    public static void Commit() => ++group;

    /// <summary>Makes the copies of all committed groups but the last <paramref name="groupsLeft"/>.</summary>
    public static void Await(int groupsLeft)
    {
        int end = group - groupsLeft;
        foreach (PendingCopy copy in copies ?? [])
        {
            if (copy.Group - end >= 0)
                continue;
            var target = new Span<byte>((void*)copy.Target, copy.Size);
            if (copy.Source == 0)
                target.Clear();
            else
                new ReadOnlySpan<byte>((void*)copy.Source, copy.Size).CopyTo(target);
        }

        copies?.RemoveAll(copy => copy.Group - end < 0);
    }
}

/// <summary>A copy of memory that no garbage collector moves; of zeros where the source is 0.</summary>
internal readonly record struct PendingCopy(nint Target, nint Source, int Size, int Group);
