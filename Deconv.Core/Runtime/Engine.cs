using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Variants;
using Deconv.Planning;
using Deconv.Runtime;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv;

/// <summary>
/// Runs operators on one accelerator. It may be used from many threads; its calls take their
/// order on the accelerator from the order in which they were made.
/// </summary>
/// <remarks>
/// Dispose in any order: a tensor that outlives its engine is released with it, and any use of it
/// afterwards throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed partial class Engine : IDisposable
{
    private static readonly Lock DefaultLock = new();
    private static Engine? defaultEngine;

    private readonly Lock gate;
    private readonly Context? ownedContext;
    private readonly DeviceLimits limits;
    private readonly PlanCache plans;
    private bool isDisposed;

    private Engine(
        Accelerator accelerator,
        AcceleratorStream stream,
        ImmutableArray<AcceleratorCandidate> candidates,
        string? variant,
        Autotuner? tuner,
        NumericsOptions numerics,
        Context? ownedContext)
    {
        Accelerator = accelerator;
        Stream = stream;
        Candidates = candidates;
        Variant = variant;
        Tuner = tuner;
        Numerics = numerics;
        this.ownedContext = ownedContext;
        gate = AcceleratorLocks.Of(accelerator);
        limits = DeviceDescription.LimitsOf(accelerator);
        plans = new PlanCache(accelerator, stream);
    }

    /// <summary>
    /// The engine that operators use when none is given: made at first use as by
    /// <see cref="Create"/>, shared by the whole process, made anew if it was disposed.
    /// </summary>
    /// <exception cref="AcceleratorUnavailableException">As for <see cref="Create"/>.</exception>
    public static Engine Default
    {
        get
        {
            lock (DefaultLock)
            {
                if (defaultEngine is null || defaultEngine.isDisposed)
                    defaultEngine = Create();
                return defaultEngine;
            }
        }
    }

    /// <summary>The names of the kernel variants that an engine can be held to, best first.</summary>
    public static IReadOnlyList<string> Variants { get; } = [.. VariantTable.All.Select(v => v.Name)];

    /// <summary>
    /// The ILGPU accelerator that the engine runs on. Where the engine made it, kernels of the caller's own may
    /// use ILGPU.Algorithms.
    /// </summary>
    public Accelerator Accelerator { get; }

    /// <summary>The stream that all work of the engine is enqueued on.</summary>
    public AcceleratorStream Stream { get; }

    /// <summary>The kind of <see cref="Accelerator"/>.</summary>
    public AcceleratorKind Kind => DeviceDescription.KindOf(Accelerator);

    /// <summary>Every accelerator that was looked at, and why it was chosen or not.</summary>
    public IReadOnlyList<AcceleratorCandidate> Candidates { get; }

    /// <summary>
    /// The variant that all calls are computed with; null where the best one is chosen call by call.
    /// </summary>
    public string? Variant { get; }

    /// <summary>
    /// Chooses the variant of each call that is not held to one, by measurement; null where
    /// estimates do.
    /// </summary>
    public Autotuner? Tuner { get; }

    /// <summary>What calls may do with numbers that are not told it themselves.</summary>
    public NumericsOptions Numerics { get; }

    /// <summary>
    /// Creates an engine with an accelerator of its own.
    /// </summary>
    /// <param name="accelerator">
    /// <c>auto</c>, or <c>cuda</c>, <c>opencl</c> or <c>cpu</c>, optionally with an index such as
    /// <c>opencl:1</c>. Null: the environment variable <c>DECONV_ACCELERATOR</c>, else
    /// <c>auto</c>, which takes the first that can be created of CUDA, OpenCL GPUs, the CPU
    /// accelerator, OpenCL on CPU cores.
    /// </param>
    /// <param name="variant">
    /// One of <see cref="Variants"/>, to compute every call with; a call that it cannot compute
    /// throws <see cref="ArgumentException"/>. Null: the best one for each call.
    /// </param>
    /// <param name="tuner">
    /// Finds the best one by measurement, at the first call of each shape; it stays the caller's, and
    /// may serve other engines too. Null: the one estimated to be best.
    /// </param>
    /// <param name="numerics">What calls may do with numbers; by default nothing that loses accuracy.</param>
    /// <returns>The engine; dispose it to free the accelerator.</returns>
    /// <exception cref="ArgumentException">
    /// A text names no accelerator, or no variant; the message lists what there is.
    /// </exception>
    /// <exception cref="AcceleratorUnavailableException">
    /// None that fits can be created; the message lists what was found and why it was refused.
    /// </exception>
    public static Engine Create(
        string? accelerator = null, string? variant = null, Autotuner? tuner = null, NumericsOptions numerics = default)
    {
        Planner.RequireKnown(variant);
        AcceleratorChoice choice = AcceleratorChoice.Resolve(accelerator);
        if (choice.Kind is null or AcceleratorKind.Cpu)
            Rehearsal.Start();
        AcceleratorSelection selection = AcceleratorSelection.Create(choice);
        return new(
            selection.Accelerator,
            selection.Accelerator.DefaultStream,
            selection.Candidates,
            variant,
            tuner,
            numerics,
            selection.Context);
    }

    /// <summary>
    /// Creates an engine over an accelerator that the caller owns and disposes.
    /// </summary>
    /// <param name="accelerator">The accelerator; its context may have any optimisation level.</param>
    /// <param name="stream">The stream to work on; null for the accelerator's default stream.</param>
    /// <param name="variant">As for <see cref="Create"/>.</param>
    /// <param name="tuner">As for <see cref="Create"/>.</param>
    /// <param name="numerics">As for <see cref="Create"/>.</param>
    /// <returns>The engine; disposing it leaves accelerator and stream alone.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="accelerator"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="stream"/> belongs to another accelerator, or there is no such variant.
    /// </exception>
    public static Engine ForAccelerator(
        Accelerator accelerator,
        AcceleratorStream? stream = null,
        string? variant = null,
        Autotuner? tuner = null,
        NumericsOptions numerics = default)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        Planner.RequireKnown(variant);
        if (stream is not null && stream.Accelerator != accelerator)
            Refusal.Throw(nameof(stream), "of another accelerator", "it must belong to the one given");
        var candidate = new AcceleratorCandidate(
            DeviceDescription.KindOf(accelerator), null, accelerator.Name, true, "given by the caller");
        return new(accelerator, stream ?? accelerator.DefaultStream, [candidate], variant, tuner, numerics, null);
    }

    /// <summary>Waits until all work of the engine is done.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public void Synchronize()
    {
        using Lock.Scope scope = Enter();
        Stream.Synchronize();
    }

    /// <summary>
    /// Frees the engine and, if it made them, its accelerator and all memory on it. Waits for
    /// calls that other threads have under way.
    /// </summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
                return;
            isDisposed = true;

            // Freed with its accelerator if the caller's is gone already.
            if (!Accelerator.IsDisposed)
                plans.Dispose();
            if (ownedContext is not null)
            {
                Accelerator.Dispose();
                ownedContext.Dispose();
            }
        }
    }

    /// <summary>Names the accelerator and the reason of its choice.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Candidates.First(c => c.IsChosen).ToString();

    /// <summary>
    /// Holds the accelerator for the caller until the scope is disposed; everything that touches
    /// the accelerator does so inside.
    /// </summary>
    internal Lock.Scope Enter()
    {
        Lock.Scope scope = gate.EnterScope();
        if (isDisposed || Accelerator.IsDisposed || Stream.IsDisposed)
        {
            scope.Dispose();
            throw new ObjectDisposedException(nameof(Engine));
        }

        return scope;
    }
}
