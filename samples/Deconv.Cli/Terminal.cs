using Spectre.Console;

namespace Deconv.Samples.Cli;

/// <summary>
/// Where the command line writes. Into a file or a pipe goes plain text, and no line is broken;
/// progress is shown only to someone who watches, on the error stream, so that the output stays
/// what it is.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    /// <summary>Wider than any table.</summary>
    private const int Unbroken = 4096;

    public TextWriter Output => output;

    public void Report(string label, string text) => output.WriteLine($"{label,-12} {text}");

    public void Write(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        foreach (string[] row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        ConsoleOf(output).Write(table);
    }

    public T WithSpinner<T>(string name, Func<T> work) =>
        IsWatched(error) ? ConsoleOf(error).Status().Start(name, _ => work()) : work();

    /// <summary>Calls <paramref name="work"/> for each item.</summary>
    public void WithProgress<T>(string name, IReadOnlyList<T> items, Action<T> work)
    {
        if (IsWatched(error))
            ConsoleOf(error).Progress().AutoClear(true).Start(Show);
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

    private static IAnsiConsole ConsoleOf(TextWriter writer)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (IsWatched(writer))
            return AnsiConsole.Create(settings);
        settings.Ansi = AnsiSupport.No;
        settings.ColorSystem = ColorSystemSupport.NoColors;
        settings.Interactive = InteractionSupport.No;
        IAnsiConsole console = AnsiConsole.Create(settings);
        console.Profile.Width = Unbroken;
        console.Profile.Capabilities.Unicode = false;
        return console;
    }
}
