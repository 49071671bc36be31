using Deconv.Samples.Cli;

return CommandLine.Run(args, Console.Out, Console.Error);
