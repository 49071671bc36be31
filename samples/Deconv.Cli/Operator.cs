using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Deconv.Samples.Cli;

/// <summary>The arrays of one call.</summary>
internal sealed record Operands(Tensor<float> Input, Tensor<float> Weight, Tensor<float>? Bias);

/// <summary>One operator of one framework, as the command line offers it.</summary>
internal sealed record Operator
{
    /// <summary>The framework's name for it, as given to --op.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people who look for the operator.</summary>
    public required string Summary { get; init; }

    /// <summary>Its arguments that are no arrays.</summary>
    public required ImmutableArray<OperatorOption> Options { get; init; }

    public required Func<Operands, OperatorArguments, Engine, Tensor<float>> Call { get; init; }

    /// <summary>What the front-end's messages call the array of --input.</summary>
    public string InputParameter { get; init; } = "input";

    public bool TakesBias { get; init; } = true;

    public string OptionNames => string.Join(" ", Options.Select(option => option.Name));

    /// <summary>Computes a call.</summary>
    /// <exception cref="UserErrorException">The operator refuses it.</exception>
    public Tensor<float> Run(Operands operands, OperatorArguments arguments, Engine engine)
    {
        if (operands.Bias is not null && !TakesBias)
            throw new UserErrorException($"--bias is given, but {Name} has no bias.");
        try
        {
            return Call(operands, arguments, engine);
        }
        catch (ArgumentException refusal)
        {
            throw new UserErrorException(Wording.Of(refusal, this), refusal);
        }
    }
}
