using Deconv.Kernels.Launch;

namespace Deconv.Tests.Kernels;

[TestClass]
public sealed class LaunchShapeTests
{
    private static readonly DeviceLimits[] Devices =
    [
        new() { Kind = DeviceKind.CpuAccelerator, Processors = 1, MaxGroupSize = 2, MaxGridSize = int.MaxValue },
        new() { Kind = DeviceKind.CpuAccelerator, Processors = 13, MaxGroupSize = 16, MaxGridSize = 1024 },
        new() { Kind = DeviceKind.OpenClCpu, Processors = 2, MaxGroupSize = 4096, MaxGridSize = int.MaxValue },
        new() { Kind = DeviceKind.OpenClCpu, Processors = 2, MaxGroupSize = 24, MaxGridSize = 1000 },
        new() { Kind = DeviceKind.Gpu, Processors = 132, MaxGroupSize = 1024, MaxGridSize = int.MaxValue },
        new() { Kind = DeviceKind.Gpu, Processors = 20, MaxGroupSize = 192, MaxGridSize = 65_535 },
    ];

    public static IEnumerable<object[]> Rows =>
        from device in Enumerable.Range(0, Devices.Length)
        let groupSize = LaunchShape.Cover(1, Devices[device]).GroupSize
        from elements in new[]
        {
            1, groupSize - 1L, groupSize, groupSize + 1L, 12_345,
            1L << 30, (1L << 30) + 1, (1L << 31) - 1, 1L << 31, 1L << 40, (1L << 59) - 1,
        }
        where elements > 0
        select new object[] { device, elements };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Items_cover_every_element_and_no_whole_group_is_idle(int device, long elements)
    {
        LaunchShape shape = LaunchShape.Cover(elements, Devices[device]);

        // Item i owns [i * run, (i + 1) * run), so runs neither overlap nor leave gaps; what is left
        // to ask is that the last one ends behind the elements, and the last group starts before.
        Int128 groupSpan = (Int128)shape.GroupSize * shape.ElementsPerItem;
        Assert.IsGreaterThan(0, shape.ElementsPerItem);
        Assert.IsGreaterThanOrEqualTo((Int128)elements, shape.GridSize * groupSpan);
        Assert.IsLessThan((Int128)elements, (shape.GridSize - 1) * groupSpan);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Limits_of_the_device_and_of_32_bits_are_respected(int device, long elements)
    {
        DeviceLimits limits = Devices[device];

        LaunchShape shape = LaunchShape.Cover(elements, limits);

        Assert.IsInRange(1, limits.MaxGroupSize, shape.GroupSize);
        Assert.IsInRange(1, limits.MaxGridSize, shape.GridSize);
        Assert.IsLessThanOrEqualTo(int.MaxValue, (long)shape.GridSize * shape.GroupSize);
    }

    [TestMethod]
    public void The_largest_grid_respects_the_device_and_32_bits()
    {
        foreach (DeviceLimits limits in Devices)
        {
            foreach (int groupSize in new[] { 1, 96, 128, 1024 })
            {
                int gridSize = LaunchShape.MaxGridSize(groupSize, limits);

                Assert.IsInRange(1, limits.MaxGridSize, gridSize);
                Assert.IsLessThanOrEqualTo(int.MaxValue, (long)gridSize * groupSize);
            }
        }
    }

    [TestMethod]
    public void Small_launches_are_counted_out_element_by_element()
    {
        foreach (DeviceLimits limits in Devices)
        {
            for (int elements = 1; elements < 700; ++elements)
            {
                LaunchShape shape = LaunchShape.Cover(elements, limits);
                var owners = new int[elements];
                for (long item = 0; item < (long)shape.GridSize * shape.GroupSize; ++item)
                {
                    long first = item * shape.ElementsPerItem;
                    for (long i = first; i < Math.Min(first + shape.ElementsPerItem, elements); ++i)
                        ++owners[i];
                }

                Assert.IsTrue(owners.All(count => count == 1), $"{elements} elements on {limits}");
            }
        }
    }

    [TestMethod]
    public void The_cpu_accelerator_gets_an_item_for_each_core_in_a_group_for_each_multiprocessor()
    {
        DeviceLimits device = Devices[1];

        Assert.AreEqual((1, 13), Grid(LaunchShape.Cover(1_000_000, device)));
        Assert.AreEqual((1, 5), Grid(LaunchShape.Cover(5, device)));
        Assert.AreEqual((4, 4), Grid(LaunchShape.Cover(1_000_000, device with { Multiprocessors = 4 })));
        Assert.AreEqual((3, 1), Grid(LaunchShape.Cover(3, device with { Multiprocessors = 4 })));

        static (int, int) Grid(LaunchShape shape) => (shape.GridSize, shape.GroupSize);
    }
}
