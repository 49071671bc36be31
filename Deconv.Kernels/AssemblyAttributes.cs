using System.Runtime.CompilerServices;
using ILGPU;

// ILGPU emits its launchers into a dynamic assembly of this name; internal kernel types need it.
[assembly: InternalsVisibleTo(Context.RuntimeAssemblyName)]
[assembly: InternalsVisibleTo("Deconv.Core")]
[assembly: InternalsVisibleTo("Deconv.Tests")]

// The command line is a diagnostic tool of the project: it shows variants and compiles them.
[assembly: InternalsVisibleTo("deconv")]
