using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Deconv.Samples.Cli;

/// <summary>One operator of one framework, as the command line offers it.</summary>
internal abstract class Operator
{
    /// <summary>The framework's name for it, as given to --op.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people who look for the operator.</summary>
    public required string Summary { get; init; }

    /// <summary>Its arguments that are no arrays.</summary>
    public required ImmutableArray<OperatorOption> Options { get; init; }

    /// <summary>What the front-end's messages call the array of --input.</summary>
    public string InputParameter { get; init; } = "input";

    public bool TakesBias { get; init; } = true;

    public string OptionNames => string.Join(" ", Options.Select(option => option.Name));

    /// <summary>Computes a call.</summary>
    /// <exception cref="UserErrorException">The operator refuses it.</exception>
    public NpyArray Run(Operands operands, OperatorArguments arguments, Engine engine)
    {
        if (operands.Bias is not null && !TakesBias)
            throw new UserErrorException($"--bias is given, but {Name} has no bias.");
        try
        {
            return operands.Dtype.Accept(new Typed(this, operands, arguments, engine));
        }
        catch (ArgumentException refusal)
        {
            throw new UserErrorException(Wording.Of(refusal, this), refusal);
        }
        catch (NotSupportedException refusal)
        {
            throw new UserErrorException(refusal.Message, refusal);
        }
    }

    /// <summary>Calls the front-end.</summary>
    public abstract Tensor<T> Call<T>(
        Tensor<T> input, Tensor<T> weight, Tensor<T>? bias, OperatorArguments arguments, Engine engine)
        where T : unmanaged;

    /// <summary>A call with its arrays as tensors.</summary>
    private sealed class Typed(Operator op, Operands operands, OperatorArguments arguments, Engine engine)
        : IDtypeVisitor<NpyArray>
    {
        public NpyArray Visit<T>(Dtype<T> dtype)
            where T : unmanaged => NpyArray.Of(op.Call(
                operands.Input.As<T>(), operands.Weight.As<T>(), operands.Bias?.As<T>(), arguments, engine));
    }
}
