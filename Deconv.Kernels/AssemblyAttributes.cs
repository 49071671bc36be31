using System.Runtime.CompilerServices;
using ILGPU;

// ILGPU emits its launchers into a dynamic assembly of this name; internal kernel types need it.
[assembly: InternalsVisibleTo(Context.RuntimeAssemblyName)]
[assembly: InternalsVisibleTo("Deconv.Core")]
[assembly: InternalsVisibleTo("Deconv.Tests")]

// Tools of the project: the command line shows variants and compiles them, and the benchmarks read in
// plans which of them refuse a shape.
[assembly: InternalsVisibleTo("deconv")]
[assembly: InternalsVisibleTo("Deconv.Benchmarks")]
