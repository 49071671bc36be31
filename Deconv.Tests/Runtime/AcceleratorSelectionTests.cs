using Deconv.Runtime;
using ILGPU;
using ILGPU.Runtime.CPU;

namespace Deconv.Tests.Runtime;

/// <summary>Choice among devices that this machine need not have.</summary>
[TestClass]
public sealed class AcceleratorSelectionTests
{
    private const string DriverMessage = "the driver says no";

    [TestMethod]
    public void A_device_that_cannot_be_created_is_passed_over_and_the_report_says_so()
    {
        using Chosen chosen = Choose("auto", Broken(AcceleratorKind.Cuda, 0), Working(AcceleratorKind.OpenCL, 0));

        CollectionAssert.AreEqual(
            new[]
            {
                "cuda:0 (device 0): cannot be created: " + DriverMessage,
                "opencl:0 (device 0): chosen automatically",
            },
            chosen.Report);
    }

    [TestMethod]
    public void Gpus_come_before_cpus_cuda_before_opencl_and_the_cpu_accelerator_before_opencl_on_cpus()
    {
        DeviceEntry[] devices =
        [
            Working(AcceleratorKind.Cpu, 0, isGpu: false),
            Working(AcceleratorKind.OpenCL, 0, isGpu: false),
            Working(AcceleratorKind.OpenCL, 1, isGpu: true),
            Working(AcceleratorKind.Cuda, 0, isGpu: true),
        ];

        using Chosen chosen = Choose("auto", devices);

        CollectionAssert.AreEqual(
            new[]
            {
                "cuda:0 (device 0): chosen automatically",
                "opencl:1 (device 1): not needed",
                "cpu:0 (device 0): not needed",
                "opencl:0 (device 0): not needed",
            },
            chosen.Report);
    }

    [TestMethod]
    public void A_refused_device_is_never_created()
    {
        DeviceEntry refused = Broken(AcceleratorKind.Cuda, 0) with { Refusal = "too old" };

        using Chosen chosen = Choose("auto", refused, Working(AcceleratorKind.Cpu, 0));

        Assert.AreEqual("cuda:0 (device 0): too old", chosen.Report[0]);
    }

    [TestMethod]
    public void An_index_forces_one_of_its_kind()
    {
        using Chosen chosen =
            Choose("cuda:1", Working(AcceleratorKind.Cuda, 0), Working(AcceleratorKind.Cuda, 1));

        CollectionAssert.AreEqual(
            new[]
            {
                "cuda:0 (device 0): not the one asked for",
                "cuda:1 (device 1): asked for as 'cuda:1'",
            },
            chosen.Report);
    }

    [TestMethod]
    public void A_forced_kind_that_fails_is_an_error_that_lists_every_kind_and_keeps_the_cause()
    {
        AcceleratorUnavailableException error = Assert.ThrowsExactly<AcceleratorUnavailableException>(
            () => Choose("cuda", Broken(AcceleratorKind.Cuda, 0), Working(AcceleratorKind.Cpu, 0)).Dispose());

        Assert.AreEqual(
            "No accelerator for 'cuda'. Found: cuda:0 (device 0): cannot be created: "
            + DriverMessage + "; cpu:0 (device 0): not the kind asked for.",
            error.Message);
        Assert.AreEqual(DriverMessage, error.InnerException?.Message);
    }

    private static Chosen Choose(string choice, params DeviceEntry[] devices) => new(
        AcceleratorSelection.Create(
            AcceleratorChoice.Resolve(choice),
            kind => devices.Where(device => device.Kind == kind)));

    private static DeviceEntry Working(AcceleratorKind kind, int index, bool isGpu = true) => new(
        kind, index, $"device {index}", Refusal: null, isGpu, CreateAnything);

    private static DeviceEntry Broken(AcceleratorKind kind, int index) => new(
        kind, index, $"device {index}", Refusal: null, IsGpu: true, _ => throw new NotSupportedException(DriverMessage));

    private static CPUAccelerator CreateAnything(Context context) =>
        new CPUDevice(2, 1, 1).CreateCPUAccelerator(context);

    private sealed class Chosen(AcceleratorSelection selection) : IDisposable
    {
        public string[] Report => [.. selection.Candidates.Select(candidate => candidate.ToString())];

        public void Dispose()
        {
            selection.Accelerator.Dispose();
            selection.Context.Dispose();
        }
    }
}
