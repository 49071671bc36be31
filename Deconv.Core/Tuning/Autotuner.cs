using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Tuning;

namespace Deconv;

/// <summary>
/// Lets engines choose kernel variants by measurement instead of by estimate, as torch does with
/// <c>torch.backends.cudnn.benchmark</c>. The first call of a shape runs the few variants that are
/// estimated to be fastest, on the accelerator and with the call's own operands, a few times each;
/// that shape is computed with the fastest of them from then on.
/// </summary>
/// <remarks>
/// <para>Pass it to <see cref="Engine.Create"/> or <see cref="Engine.ForAccelerator"/>. It pays
/// where shapes come again: the first call of each returns later, in a fraction of a second mostly,
/// when all is measured. On data that sums up with rounding, variants may differ in last bits, so
/// results of two runs may, unless both read the same file.</para>
/// <para>What was measured holds for the accelerator's kind, name and number of processors, the
/// call's whole shape and the variants that were compared; times of another machine, or of other
/// variants, are kept and not used. A weight that a variant packs is packed before it is timed, as
/// in modules. An engine or a call that is held to a variant by name measures nothing.</para>
/// <para>With a file, the tuner starts with what the file holds. Calls never write it, so that a
/// full disk cannot fail a convolution: <see cref="Save"/> does and, for what is not saved yet,
/// <see cref="Dispose"/>. Processes may share a file: each adds to what it then holds. Of two that
/// save at the same moment, one may lose what it added, which is then measured again; the file is
/// whole at any time. To measure anew, delete the file.</para>
/// <para>One tuner may serve many engines and threads; measurements wait for each other. Dispose it
/// before or after its engines: those that outlive it use what it knows and measure nothing new.
/// </para>
/// </remarks>
public sealed class Autotuner : IDisposable
{
    private readonly Lock gate = new();
    private readonly VariantTimer timer;
    private readonly Dictionary<TuningKey, TuningEntry> entries = [];
    private bool hasNews;
    private bool isDisposed;

    /// <summary>Makes a tuner that remembers in memory only.</summary>
    public Autotuner()
        : this(TimeOnThisMachine, null)
    {
    }

    /// <summary>Makes a tuner that remembers in a file too, and reads it if it is there.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or of another kind or version; it is left as it is.
    /// </exception>
    /// <exception cref="IOException">The folder does not exist, or the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// The file must not be read, or is a folder.
    /// </exception>
    public Autotuner(string path)
        : this(TimeOnThisMachine, System.IO.Path.GetFullPath(path))
    {
    }

    internal Autotuner(VariantTimer timer, string? path)
    {
        this.timer = timer;
        Path = path;
        if (path is not null)
            AddFromFile(path);
    }

    /// <summary>The full path of the file; null for none.</summary>
    public string? Path { get; }

    /// <summary>
    /// Writes what was measured since the last time to the file, together with what the file then
    /// holds; does nothing where nothing was.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tuner was made without a file.</exception>
    /// <exception cref="InvalidDataException">
    /// What lies there now is no file of a tuner; it is left as it is.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    /// <exception cref="ObjectDisposedException">The tuner is disposed.</exception>
    public void Save()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (Path is null)
                throw new InvalidOperationException("There is no file to save to: the tuner was made without a path.");
            SaveNews(Path);
        }
    }

    /// <summary>
    /// Ends measurements, after one that is under way, and saves what is not saved yet. Throws what
    /// <see cref="Save"/> throws if that fails, as file streams do; the tuner is disposed all the same.
    /// </summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
                return;
            isDisposed = true;
            if (Path is not null)
                SaveNews(Path);
        }
    }

    /// <summary>
    /// The nanoseconds that candidates take for a call, by name: as remembered or, failing that,
    /// measured now; null where they are not known and the tuner is disposed.
    /// </summary>
    /// <param name="accelerator">Where the call is made.</param>
    /// <param name="call">What is computed.</param>
    /// <param name="candidates">The names of the variants to compare.</param>
    /// <param name="measure">Has a candidate timed.</param>
    internal ImmutableSortedDictionary<string, double>? TimesOf(
        AcceleratorIdentity accelerator,
        in ConvTransposeSpec call,
        ImmutableArray<string> candidates,
        Func<string, VariantTimer, double> measure)
    {
        var key = TuningKey.Of(accelerator, call, candidates);

        // Held while measuring: engines of one machine would slow each other's runs. Whoever measures
        // holds the lock of its accelerator already, and takes no other.
        lock (gate)
        {
            if (entries.TryGetValue(key, out TuningEntry? known))
                return known.Nanoseconds;
            if (isDisposed)
                return null;
            var entry = new TuningEntry(accelerator, call)
            {
                Nanoseconds = candidates.ToImmutableSortedDictionary(
                    name => name, name => measure(name, timer), StringComparer.Ordinal),
            };
            entries.Add(key, entry);
            hasNews = true;
            return entry.Nanoseconds;
        }
    }

    private static double TimeOnThisMachine(string variant, Action run) =>
        LeastTime.Nanoseconds(TimeProvider.System, run);

    private void SaveNews(string path)
    {
        if (!hasNews)
            return;
        AddFromFile(path);
        TuningFile.Write(path, entries.Values);
        hasNews = false;
    }

    private void AddFromFile(string path)
    {
        foreach (TuningEntry entry in TuningFile.Read(path))
            entries.TryAdd(entry.Key, entry);
    }
}
