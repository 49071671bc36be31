using System.Text;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Planning;

/// <summary>What the host decides for a case, as text that a reviewer can read.</summary>
[TestClass]
public sealed class PlanSnapshotTests
{
    private static readonly Verifier Verifier = Verifier.For<PlanSnapshotTests>();

    [TestMethod]
    public void Phases_and_taps_of_an_asymmetric_dilated_case()
    {
        var shape = new CaseShape
        {
            Input = (5, 4),
            Kernel = (5, 3),
            Stride = (2, 6),
            Dilation = (3, 4),
            Crop = (2, 5),
        };
        var geometry = new ConvTransposeGeometry(shape.ToSpec());

        var text = new StringBuilder(shape.Name);
        Write(text, Axis.Height, geometry);
        Write(text, Axis.Width, geometry);

        Verifier.Verify(text.ToString());
    }

    [TestMethod]
    public void The_plan_explains_itself()
    {
        var shape = new CaseShape
        {
            Batch = 2,
            Groups = 2,
            GroupInputChannels = 3,
            GroupOutputChannels = 5,
            Input = (5, 4),
            Kernel = (5, 3),
            Stride = (2, 6),
            Dilation = (3, 4),
            Crop = (2, 5),
            HasBias = true,
        };
        var device = new DeviceLimits
        {
            Kind = DeviceKind.Gpu,
            Processors = 4,
            MaxGroupSize = 1024,
            MaxGridSize = int.MaxValue,
        };

        Verifier.Verify(Planner.Plan(new ConvTransposeGeometry(shape.ToSpec()), device).Explain());
    }

    private static void Write(StringBuilder text, Axis name, ConvTransposeGeometry geometry)
    {
        AxisGeometry axis = geometry.Axes[name];
        PhaseTable phases = axis.Phases;
        Line(text, "");
        Line(text, $"{name.Name()}: tap step {phases.TapStep}, input step {phases.ShiftStep}");
        for (int index = 0; index < phases.Count; ++index)
        {
            Phase phase = phases[index];
            Line(text, phase.TapCount == 0
                ? $"  phase {index}: no taps"
                : $"  phase {index}: {phase.TapCount} from tap {phase.FirstTap}, shift {phase.FirstShift}");
        }

        for (int output = 0; output < axis.Spec.Output; ++output)
        {
            TapRange taps = axis.TapsAt(output);
            Line(text, taps.Count == 0
                ? $"  output {output}: none"
                : $"  output {output}: {taps.Count} from tap {taps.FirstTap} at input {taps.FirstInput}");
        }
    }

    private static void Line(StringBuilder text, string line) =>
        text.Append('\n').Append(line);
}
