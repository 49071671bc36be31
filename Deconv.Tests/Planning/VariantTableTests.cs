using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Planning;
using Deconv.Tests.Oracles;

namespace Deconv.Tests.Planning;

/// <summary>Variants that a kind of device is not asked for are those that it would not choose.</summary>
[TestClass]
public sealed class VariantTableTests
{
    private static readonly PerAxis<int>[] Inputs = [1, (1, 3), (4, 6), 33];
    private static readonly PerAxis<int>[] Kernels = [1, (1, 2), 4];
    private static readonly PerAxis<int>[] Strides = [1, (2, 3)];

    public static IEnumerable<object[]> ElementRows => Enum.GetValues<ElementType>().Select(element => new object[] { element });

    [TestMethod]
    public void Variants_for_a_kind_of_device_are_in_the_order_of_all_and_end_with_the_same()
    {
        foreach (DeviceKind kind in Enum.GetValues<DeviceKind>())
        {
            CollectionAssert.AreEqual(
                VariantTable.All.Where(VariantTable.For(kind).Contains).ToArray(), VariantTable.For(kind).ToArray());
            Assert.AreEqual(VariantTable.All[^1], VariantTable.For(kind)[^1]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(ElementRows))]
    public void The_least_estimate_of_all_is_one_of_those_for_the_kind_of_device(object element)
    {
        var shapes =
            from groups in new[] { 1, 7 }
            from inputChannels in new[] { 1, 64 }
            from outputChannels in new[] { 1, 64 }
            from input in Inputs
            from kernel in Kernels
            from stride in Strides
            from layout in Enum.GetValues<TensorLayout>()
            select new CaseShape
            {
                Groups = groups,
                GroupInputChannels = inputChannels,
                GroupOutputChannels = outputChannels,
                Input = input,
                Kernel = kernel,
                Stride = stride,
            }.ToSpec() with
            {
                Element = (ElementType)element,
                Layout = layout,
            };
        foreach (ConvTransposeSpec spec in shapes)
        {
            foreach (DeviceLimits device in Devices())
            {
                var geometry = new ConvTransposeGeometry(spec);
                ConvTransposePlan ofAll = Planner.Plan(VariantTable.All, geometry, device, null);
                ConvTransposePlan ofKind = Planner.Plan(geometry, device);
                Assert.AreEqual(ofAll.Variant, ofKind.Variant, spec.ToString());
            }
        }
    }

    /// <summary>CPU accelerators of few cores and of many, as they are and standing for a GPU.</summary>
    private static IEnumerable<DeviceLimits> Devices() =>
        from hardware in new[] { HardwareLevel.Cuda, HardwareLevel.TensorCores }
        from processors in new[] { 2, 64 }
        select new DeviceLimits
        {
            Kind = DeviceKind.CpuAccelerator,
            Hardware = hardware,
            Processors = processors,
            MaxGroupSize = 1024,
            MaxGridSize = int.MaxValue,
        };
}
