using System.CommandLine;
using System.Text.Json;
using Deconv.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>Lists the machine's accelerators.</summary>
internal static class DevicesCommand
{
    private static readonly JsonSerializerOptions JsonOptions =
        new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json")
        {
            Description = "Print an array of {accelerator, kind, index, device, chosen, reason} instead of a table.",
        };
        var command = new Command(
            "devices",
            "Lists the accelerators of this machine, and which one is taken if none is asked for.")
        {
            json,
        };
        command.SetAction(parsed => List(terminal, parsed.GetValue(json)));
        return command;
    }

    private static int List(Terminal terminal, bool asJson)
    {
        // By its name and not by default: DECONV_ACCELERATOR would hide the other kinds.
        using Engine engine = EngineOptions.Create(EngineOptions.Auto, null);
        if (asJson)
        {
            var devices = engine.Candidates.Select(c => new
            {
                Accelerator = AcceleratorChoice.Text(c.Kind, c.Index),
                Kind = AcceleratorChoice.Text(c.Kind, null),
                c.Index,
                Device = c.Name,
                Chosen = c.IsChosen,
                c.Reason,
            });
            terminal.Output.WriteLine(JsonSerializer.Serialize(devices, JsonOptions));
            return CommandLine.Success;
        }

        terminal.Write(
            ["accelerator", "device", "chosen", "reason"],
            engine.Candidates.Select(c => new[]
            {
                AcceleratorChoice.Text(c.Kind, c.Index), c.Name, c.IsChosen ? "yes" : "no", c.Reason,
            }));
        return CommandLine.Success;
    }
}
