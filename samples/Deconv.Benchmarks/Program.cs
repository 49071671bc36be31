using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

const int WidestCase = 60;

// In this process, where the accelerators are made once and a build property still holds.
IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
    ["--inProcess", .. args],
    DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(WidestCase)));
return summaries.SelectMany(summary => summary.Reports).All(report => report.Success) ? 0 : 1;
