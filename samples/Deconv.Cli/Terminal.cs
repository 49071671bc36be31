using Spectre.Console;

namespace Deconv.Samples.Cli;

/// <summary>
/// Where the command line writes. The output is plain text, and no line of it is broken; progress is
/// shown only to someone who watches, on the error stream.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    /// <summary>Wider than any table.</summary>
    private const int Unbroken = 4096;

    public TextWriter Output => output;

    public void Report(string label, string text) => output.WriteLine($"{label,-12} {text}");

    /// <summary>Prints a table.</summary>
    public void Write(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        foreach (string[] row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        Plain(output).Write(table);
    }

    public T WithSpinner<T>(string name, Func<T> work) =>
        IsWatched(error) ? Watched(error).Status().Start(name, _ => work()) : work();

    /// <summary>Calls <paramref name="work"/> for each item.</summary>
    public void WithProgress<T>(string name, IReadOnlyList<T> items, Action<T> work)
    {
        if (IsWatched(error))
            Watched(error).Progress().AutoClear(true).Start(Show);
        else
            Each(() => { });

        void Show(ProgressContext context)
        {
            ProgressTask task = context.AddTask(name, maxValue: items.Count);
            Each(() => task.Increment(1));
        }

        void Each(Action afterwards)
        {
            foreach (T item in items)
            {
                work(item);
                afterwards();
            }
        }
    }

    private static bool IsWatched(TextWriter writer) => new AnsiConsoleOutput(writer).IsTerminal;

    private static IAnsiConsole Watched(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    private static IAnsiConsole Plain(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = Unbroken;
        return console;
    }
}
