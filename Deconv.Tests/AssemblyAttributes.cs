// Engines promise to be safe to use from many threads; the tests take them at their word.
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]
