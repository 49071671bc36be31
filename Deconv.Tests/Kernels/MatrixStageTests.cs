using Deconv.Kernels.Tiled;

namespace Deconv.Tests.Kernels;

/// <summary>
/// What a warp reads and writes of 16 bytes at a time, it does in four steps of eight items: no two of them meet in
/// one of the eight quads of banks of shared memory.
/// </summary>
[TestClass]
public sealed class MatrixStageTests
{
    private const int Steps = 4;
    private const int ItemsOfStep = 8;

    public static IEnumerable<object[]> Halves => [[0], [2]];

    [TestMethod]
    [DynamicData(nameof(Halves))]
    public void Weights_are_read_from_different_banks(int run) => AssertDifferentBanks(item =>
        QuadOf(MatrixStage.WeightRow(item), MatrixStage.WeightRun(item) + run));

    [TestMethod]
    [DynamicData(nameof(Halves))]
    public void Inputs_are_read_from_different_banks(int run) => AssertDifferentBanks(item =>
        QuadOf(MatrixStage.InputRow(item), MatrixStage.InputRun(item) + run));

    [TestMethod]
    public void A_run_of_neighbouring_pixels_is_written_to_different_banks()
    {
        for (int run = 0; run < MatrixStage.Runs; ++run)
            AssertDifferentBanks(item => QuadOf(item, run));
    }

    [TestMethod]
    public void Runs_of_neighbouring_pixels_are_written_to_different_banks() => AssertDifferentBanks(item =>
        QuadOf(item / MatrixStage.Runs, item % MatrixStage.Runs));

    [TestMethod]
    public void Runs_of_output_channels_are_written_to_different_banks() => AssertDifferentBanks(item =>
        QuadOf(MatrixStage.RowOfQuad(item / MatrixStage.Runs), item % MatrixStage.Runs));

    [TestMethod]
    public void Every_run_of_a_row_has_a_place()
    {
        for (int row = 0; row < MatrixStage.WarpRows; ++row)
        {
            CollectionAssert.AreEquivalent(
                Enumerable.Range(0, MatrixStage.Runs).ToArray(),
                Enumerable.Range(0, MatrixStage.Runs).Select(run => MatrixStage.Place(row, run)).ToArray());
        }
    }

    private static int QuadOf(int row, int run) => row * MatrixStage.Runs + MatrixStage.Place(row, run);

    private static void AssertDifferentBanks(Func<int, int> quadOf)
    {
        for (int step = 0; step < Steps; ++step)
        {
            IEnumerable<int> banks = Enumerable.Range(step * ItemsOfStep, ItemsOfStep).Select(item => quadOf(item) % 8);
            Assert.HasCount(ItemsOfStep, banks.Distinct(), $"step {step}");
        }
    }
}
