using System.CommandLine;

namespace Deconv.Samples.Cli;

/// <summary>--dtype: the type of elements to compute with.</summary>
internal static class DtypeOption
{
    private const string Name = "--dtype";

    /// <summary>For commands whose data can be of any real type.</summary>
    public static Option<string> ForAny() => new(Name)
    {
        Description = $"The type of elements to compute with: {Names(Dtype.Reals)}.",
        HelpName = "name",
        DefaultValueFactory = _ => Dtype.Float32.Name,
    };

    /// <summary>For commands whose data has its type.</summary>
    public static Option<string?> ForFiles() => new(Name)
    {
        Description = $"The type that the files must be of: {Names(Dtype.All)}. Default: the type of --input, except "
            + "that uint16 is taken for bfloat16 only if this says so.",
        HelpName = "name",
    };

    /// <summary>A type for any data.</summary>
    /// <exception cref="UserErrorException">There is no such type, or it is not real.</exception>
    public static Dtype Real(string name) => Named(Dtype.Reals, name);

    /// <summary>Refuses arrays that are not all of one type, or not of the type that is asked for.</summary>
    /// <param name="name">The type that is asked for; null for none.</param>
    /// <param name="arrays">Each with its argument and its file.</param>
    /// <exception cref="UserErrorException">They are not, or there is no such type.</exception>
    public static void RequireOne(string? name, params (string Argument, string Path, NpyArray Array)[] arrays)
    {
        Dtype? asked = name is null ? null : Named(Dtype.All, name);
        Dtype first = arrays[0].Array.Dtype;
        foreach ((string argument, string path, NpyArray array) in arrays)
        {
            Dtype dtype = array.Dtype;
            string? rule = dtype == Dtype.BFloat16 && asked is null
                ? $"its elements are uint16, which is taken for {dtype} only with {Name} {dtype}"
                : asked is not null && dtype != asked
                ? $"its elements are {dtype}, and {Name} is {asked}"
                : dtype != first
                ? $"its elements are {dtype} and those of {arrays[0].Argument} are {first}: all must be of one type"
                : null;
            if (rule is not null)
                throw UserErrorException.Of(argument, path, rule);
        }
    }

    private static Dtype Named(IEnumerable<Dtype> dtypes, string name) =>
        dtypes.FirstOrDefault(dtype => dtype.Name == name)
        ?? throw UserErrorException.Of(Name, name, $"it must be one of: {Names(dtypes)}");

    private static string Names(IEnumerable<Dtype> dtypes) => string.Join(", ", dtypes);
}
