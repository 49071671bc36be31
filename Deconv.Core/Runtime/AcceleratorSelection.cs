using System.Collections.Immutable;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>An accelerator with the context it lives in, and how it came to be chosen.</summary>
internal sealed record AcceleratorSelection(
    Context Context,
    Accelerator Accelerator,
    ImmutableArray<AcceleratorCandidate> Candidates)
{
    /// <summary>
    /// Creates the accelerator asked for: the first usable one, by preference, of those that the
    /// choice allows. One that cannot be created is passed over, and the report says so.
    /// </summary>
    /// <exception cref="AcceleratorUnavailableException">None could be created.</exception>
    public static AcceleratorSelection Create(AcceleratorChoice choice)
    {
        NativeLibraries.EnsureInstalled();
        var candidates = ImmutableArray.CreateBuilder<AcceleratorCandidate>();
        AcceleratorSelection? selection = null;
        Exception? lastFailure = null;
        foreach (DeviceEntry entry in ByPreference(choice))
        {
            string reason = entry.Refusal ?? "";
            bool isChosen = false;
            if (entry.Create is not null && entry.Refusal is null)
            {
                if (selection is not null)
                {
                    reason = "not needed";
                }
                else if (choice.Index is int wanted && entry.Index != wanted)
                {
                    reason = "not the one asked for";
                }
                else
                {
                    (selection, lastFailure) = TryCreate(entry);
                    isChosen = selection is not null;
                    reason = selection is null
                        ? $"cannot be created: {lastFailure!.Message}"
                        : choice.Kind is null ? "chosen automatically" : $"asked for as '{choice}'";
                }
            }

            candidates.Add(new(entry.Kind, entry.Index, entry.Name, isChosen, reason));
        }

        if (selection is null)
        {
            // A forced choice that failed lists the other kinds too: they are what can be had.
            foreach (AcceleratorKind kind in Enum.GetValues<AcceleratorKind>())
            {
                if (choice.Kind is not null && choice.Kind != kind)
                {
                    candidates.AddRange(DeviceCatalog.Of(kind).Select(e => new AcceleratorCandidate(
                        e.Kind, e.Index, e.Name, IsChosen: false, e.Refusal ?? "not the kind asked for")));
                }
            }

            throw new AcceleratorUnavailableException(
                choice.ToString(), candidates.ToImmutable(), lastFailure);
        }

        return selection with { Candidates = candidates.ToImmutable() };
    }

    /// <summary>
    /// CUDA, then OpenCL GPUs, then the faster of the CPU choices, which is OpenCL where it is
    /// installed (BENCHMARKS.md, "gather"). A forced kind does not wake the others' drivers.
    /// </summary>
    private static IEnumerable<DeviceEntry> ByPreference(AcceleratorChoice choice)
    {
        if (choice.Kind is AcceleratorKind kind)
            return DeviceCatalog.Of(kind).OrderByDescending(entry => entry.IsGpu);

        DeviceEntry[] all =
        [
            .. DeviceCatalog.Of(AcceleratorKind.Cuda),
            .. DeviceCatalog.Of(AcceleratorKind.OpenCL),
            .. DeviceCatalog.Of(AcceleratorKind.Cpu),
        ];
        return all.OrderByDescending(entry => entry.IsGpu);
    }

    private static (AcceleratorSelection? Selection, Exception? Failure) TryCreate(DeviceEntry entry)
    {
        Context? context = null;
        try
        {
            // O2 lets loads sink below barriers and stores in ILGPU 1.5.3.
            context = Context.Create(builder => builder
                .Optimize(OptimizationLevel.O1)
                .EnableAlgorithms());
            return (new(context, entry.Create!(context), []), null);
        }
#pragma warning disable CA1031 // Drivers fail in ways of their own; each failure is reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context?.Dispose();
            return (null, exception);
        }
    }
}
