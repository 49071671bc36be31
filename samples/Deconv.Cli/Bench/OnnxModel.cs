using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Deconv.Samples.Cli.Bench;

/// <summary>
/// An ONNX model of one ConvTranspose. Numbers beside fields are those of onnx.proto (IR version 8,
/// operator set 17).
/// </summary>
internal static class OnnxModel
{
    public const string Input = "x";
    public const string Weight = "w";
    public const string Output = "y";

    private const int FloatTensor = 1;
    private const int IntAttribute = 2;
    private const int IntsAttribute = 7;

    /// <param name="shape">The shape.</param>
    /// <param name="weight">The weight, to be a part of the model; null where it is an input.</param>
    public static byte[] Of(BenchShape shape, float[]? weight) => Message(model =>
    {
        Integer(model, 1, 8);
        Embed(model, 7, graph => Graph(graph, shape, weight));
        Embed(model, 8, operatorSet => Integer(operatorSet, 2, 17));
    });

    private static void Graph(CodedOutputStream graph, BenchShape shape, float[]? weight)
    {
        Embed(graph, 1, node =>
        {
            Text(node, 1, Input);
            Text(node, 1, Weight);
            Text(node, 2, Output);
            Text(node, 4, "ConvTranspose");
            Integers(node, "strides", shape.S);
            Integers(node, "pads", [.. shape.P, .. shape.P]);
            Integers(node, "output_padding", shape.Op);
            Integers(node, "dilations", shape.D);
            Embed(node, 5, attribute =>
            {
                Text(attribute, 1, "group");
                Integer(attribute, 3, shape.G);
                Integer(attribute, 20, IntAttribute);
            });
        });
        Text(graph, 2, "graph");
        if (weight is not null)
        {
            Embed(graph, 5, tensor =>
            {
                foreach (nint length in shape.WeightLengths)
                    Integer(tensor, 1, length);
                Integer(tensor, 2, FloatTensor);
                Text(tensor, 8, Weight);
                tensor.WriteTag(9, WireFormat.WireType.LengthDelimited);
                tensor.WriteBytes(ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(weight)));
            });
        }

        Value(graph, 11, Input, shape.InputLengths);
        if (weight is null)
            Value(graph, 11, Weight, shape.WeightLengths);
        Value(graph, 12, Output, null);
    }

    private static void Integers(CodedOutputStream node, string name, int[] values) => Embed(node, 5, attribute =>
    {
        Text(attribute, 1, name);
        foreach (int value in values)
            Integer(attribute, 8, value);
        Integer(attribute, 20, IntsAttribute);
    });

    private static void Value(CodedOutputStream graph, int field, string name, nint[]? lengths) =>
        Embed(graph, field, value =>
        {
            Text(value, 1, name);
            Embed(value, 2, type => Embed(type, 1, tensor =>
            {
                Integer(tensor, 1, FloatTensor);
                if (lengths is null)
                    return;
                Embed(tensor, 2, shape =>
                {
                    foreach (nint length in lengths)
                        Embed(shape, 1, dimension => Integer(dimension, 1, length));
                });
            }));
        });

    private static void Integer(CodedOutputStream message, int field, long value)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteInt64(value);
    }

    private static void Text(CodedOutputStream message, int field, string value)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteString(value);
    }

    private static void Embed(CodedOutputStream message, int field, Action<CodedOutputStream> write)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var message = new CodedOutputStream(bytes, leaveOpen: true))
            write(message);
        return bytes.ToArray();
    }
}
