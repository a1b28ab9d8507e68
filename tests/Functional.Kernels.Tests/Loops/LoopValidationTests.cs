using Functional.Kernels.Loops;
using Xunit;
using static Functional.Kernels.Loops.LoopInstruction;

namespace Functional.Kernels.Tests.Loops;

public sealed class LoopValidationTests
{
    private static readonly LoopOperand Values = new(LoopElement.Float, [4, 1], LoopAccess.Read);
    private static readonly LoopOperand Result = new(LoopElement.Float, [4, 1], LoopAccess.Write);

    [Fact]
    public void NoDimension_IsRefused() =>
        Assert.Contains(
            "at least one dimension", MessageOf(() => new LoopProgram([], [], [])), StringComparison.Ordinal);

    [Fact]
    public void AnExtentBelowOne_IsNamed() =>
        Assert.Contains("Extent 1 is 0", MessageOf(() => new LoopProgram([3, 0], [], [])), StringComparison.Ordinal);

    [Fact]
    public void MissingStrides_AreCounted() =>
        Assert.Contains(
            "has 2 strides, but the loop has 1 dimensions",
            MessageOf(() => new LoopProgram([4], [Values], [])),
            StringComparison.Ordinal);

    [Fact]
    public void AnOperandWithoutAccess_IsRefused() =>
        Assert.Contains(
            "neither read nor written",
            MessageOf(() => new LoopProgram([3, 4], [Values with { Access = LoopAccess.None }], [])),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("reads register 2, but only registers before 1 are defined")]
    public void ARegisterFromLaterOn_IsNamed(string message) =>
        CheckMessage(message, Load(0), Unary(LoopUnary.Exp, 2), Store(1, 0));

    [Fact]
    public void TheResultOfAStore_CannotBeRead() =>
        CheckMessage("defines none", Load(0), Store(1, 0), Unary(LoopUnary.Exp, 1));

    [Fact]
    public void AnUnknownOperand_IsNamed() => CheckMessage("names operand 7, but there are 2 operands", Load(7));

    [Fact]
    public void AnUnknownDimension_IsNamed() => CheckMessage("names dimension 2 of 2", Index(2));

    [Fact]
    public void DifferentTypes_AreNamed() =>
        CheckMessage(
            "needs two registers of one type, but found Float and Int32",
            Load(0),
            Index(0),
            Binary(LoopBinary.Add, 0, 1));

    [Fact]
    public void AFunctionOfTheWrongType_SaysWhatItExpects() =>
        CheckMessage("('Exp r0') expects Float, but found Int32", Index(0), Unary(LoopUnary.Exp, 0));

    [Fact]
    public void TruthValues_AreNotOrdered() =>
        CheckMessage(
            "expects Float or Int32, but found Bool",
            Constant(LoopElement.Bool, 1),
            Compare(LoopComparison.Less, 0, 0));

    [Fact]
    public void WritingWhatIsOnlyRead_IsRefused() => CheckMessage("needs Write access", Load(0), Store(0, 0));

    [Fact]
    public void ReadingWhatIsOnlyWritten_IsRefused() => CheckMessage("needs Read access", Load(1));

    [Fact]
    public void StoringAnotherType_IsRefused() => CheckMessage("expects Float, but found Int32", Index(1), Store(1, 0));

    [Fact]
    public void WritingAnOperandTwice_NamesTheFirstWriter() =>
        CheckMessage("writes operand 1, which instruction 1 writes already", Load(0), Store(1, 0), Store(1, 0));

    [Fact]
    public void StoringRowsToOneElement_NamesTheDimension()
    {
        var message = MessageOf(() => new LoopProgram(
            [3, 4], [Values, Result with { Strides = [0, 1] }], [Load(0), Store(1, 0)]));
        Assert.Contains(
            "would write the same element 3 times: the operand's stride is 0 in dimension 0",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void StoringColumnsToOneElement_IsRefused()
    {
        var message = MessageOf(() => new LoopProgram(
            [3, 4], [Values, Result with { Strides = [1, 0] }], [Load(0), Store(1, 0)]));
        Assert.Contains(
            "writes a value per column to an operand that has one element per row", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadingAnAccumulatedOperand_IsRefused()
    {
        var message = MessageOf(() => new LoopProgram(
            [3, 4],
            [Values, Result with { Strides = [0, 1], Access = LoopAccess.ReadWrite }],
            [Load(0), Accumulate(LoopReduction.Sum, 1, 0), Load(1)]));
        Assert.Contains("reads operand 1, into which instruction 1 accumulates", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AProgram_PrintsAsAListing() =>
        Assert.Equal(
            "loop over [3, 4]\n  operand 0: Float[4, 1] Read\n  operand 1: Float[4, 1] Write\n"
            + "  r0 = Load operand 0\n  r1 = Exp r0\n  Store operand 1 r1",
            new LoopProgram([3, 4], [Values, Result], [Load(0), Unary(LoopUnary.Exp, 0), Store(1, 1)]).ToString());

    private static void CheckMessage(string expected, params LoopInstruction[] instructions) =>
        Assert.Contains(
            expected,
            MessageOf(() => new LoopProgram([3, 4], [Values, Result], [.. instructions])),
            StringComparison.Ordinal);

    private static string MessageOf(Func<LoopProgram> make) => Assert.Throws<ArgumentException>(make).Message;
}
