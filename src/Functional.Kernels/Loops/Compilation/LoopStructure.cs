using System.Globalization;
using System.Text;

namespace Functional.Kernels.Loops;

/// <summary>Names what the code of a program depends on: everything but extents and the sizes of strides.</summary>
internal static class LoopStructure
{
    /// <summary>Describes a program so that two with the same description can share their code.</summary>
    public static string Describe(LoopPreparation preparation, LoopShape shape, int bits)
    {
        var program = preparation.Program;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture, $"{bits} {preparation.BytesOfFloat} {program.Extents.Length} {shape};");
        foreach (var operand in program.Operands)
            text.Append(CultureInfo.InvariantCulture, $"{operand.Element}{StrideOf(operand)};");
        foreach (var instruction in program.Instructions)
            text.Append(instruction).Append(';');
        return text.ToString();
    }

    private static string StrideOf(LoopOperand operand) => operand.ColumnStride switch
    {
        0 => "0",
        1 => "1",
        _ => "*",
    };
}
