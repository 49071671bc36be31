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
    /// <param name="choice">What was asked for.</param>
    /// <param name="devicesOf">The devices of a kind; null for those of this machine.</param>
    /// <exception cref="AcceleratorUnavailableException">None could be created.</exception>
    public static AcceleratorSelection Create(
        AcceleratorChoice choice,
        Func<AcceleratorKind, IEnumerable<DeviceEntry>>? devicesOf = null)
    {
        devicesOf ??= DeviceCatalog.Of;
        var candidates = ImmutableArray.CreateBuilder<AcceleratorCandidate>();
        AcceleratorSelection? selection = null;
        Exception? lastFailure = null;
        foreach (DeviceEntry entry in ByPreference(choice, devicesOf))
        {
            string? reason = PassOver(entry, choice, isDone: selection is not null);
            bool isChosen = false;
            if (reason is null)
            {
                (selection, lastFailure) = TryCreate(entry);
                isChosen = selection is not null;
                reason = lastFailure is not null
                    ? $"cannot be created: {lastFailure.Message}"
                    : choice.Kind is null ? "chosen automatically" : $"asked for as '{choice}'";
            }

            candidates.Add(new(entry.Kind, entry.Index, entry.Name, isChosen, reason));
        }

        if (selection is not null)
            return selection with { Candidates = candidates.ToImmutable() };

        // A forced choice that failed lists the other kinds too: they are what can be had.
        candidates.AddRange(Enum.GetValues<AcceleratorKind>()
            .Where(kind => choice.Kind is not null && choice.Kind != kind)
            .SelectMany(devicesOf)
            .Select(entry => new AcceleratorCandidate(
                entry.Kind, entry.Index, entry.Name, IsChosen: false, entry.Refusal ?? "not the kind asked for")));
        throw new AcceleratorUnavailableException(
            choice.ToString(), candidates.ToImmutable(), lastFailure);
    }

    /// <summary>Why a device is not even tried; null where it is.</summary>
    private static string? PassOver(DeviceEntry entry, AcceleratorChoice choice, bool isDone)
    {
        if (entry.Refusal is not null)
            return entry.Refusal;
        if (isDone)
            return "not needed";
        return choice.Index is int wanted && entry.Index != wanted ? "not the one asked for" : null;
    }

    /// <summary>
    /// CUDA, then OpenCL GPUs, then the CPU: its own accelerator before OpenCL on its cores, which is
    /// slower (BENCHMARKS.md). A forced kind does not wake the others' drivers.
    /// </summary>
    private static IEnumerable<DeviceEntry> ByPreference(
        AcceleratorChoice choice, Func<AcceleratorKind, IEnumerable<DeviceEntry>> devicesOf)
    {
        // Sorting them would take milliseconds, in compiling the sort; so would what follows.
        if (choice.Kind is AcceleratorKind.Cpu)
            return devicesOf(AcceleratorKind.Cpu);
        List<DeviceEntry> entries = [];
        foreach (AcceleratorKind kind in choice.Kind is AcceleratorKind one ? [one] : Enum.GetValues<AcceleratorKind>())
            entries.AddRange(devicesOf(kind));

        return entries.Where(entry => entry.IsGpu)
            .Concat(entries.Where(entry => !entry.IsGpu && entry.Kind == AcceleratorKind.Cpu))
            .Concat(entries.Where(entry => !entry.IsGpu && entry.Kind != AcceleratorKind.Cpu));
    }

    private static (AcceleratorSelection? Selection, Exception? Failure) TryCreate(DeviceEntry entry)
    {
        Context? context = null;
        try
        {
            // The CPU accelerator calls .NET methods: it sees neither what is optimised for it nor what is
            // registered for others, and both would be a good part of a start. O2 lets loads sink below
            // barriers and stores in ILGPU 1.5.3. ILGPU.Algorithms is for the caller's own kernels. Profiling lets
            // callers time work by events, which costs nothing on CUDA; OpenCL's queues would be slower for it.
            context = Context.Create(builder =>
            {
                if (entry.Kind == AcceleratorKind.Cpu)
                    builder.Optimize(OptimizationLevel.O0);
                else
                    builder.Optimize(OptimizationLevel.O1).EnableAlgorithms().EnableDeconv();
                if (entry.Kind == AcceleratorKind.Cuda)
                    builder.Profiling();
            });
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
