namespace Functional.Kernels.Loops;

/// <summary>A rough, machine-independent price of instructions; one addition costs 1.</summary>
internal static class LoopCost
{
    /// <summary>The price of one instruction for one column.</summary>
    /// <param name="program">The program it belongs to.</param>
    /// <param name="instruction">The instruction.</param>
    /// <returns>0 for what is known without work, up to about 40 for functions without a vector form.</returns>
    public static int Of(LoopProgram program, LoopInstruction instruction) => instruction.Form switch
    {
        LoopForm.Constant => 0,
        LoopForm.Load or LoopForm.Store =>
            program.Operands[instruction.Operand].ColumnStride is 0 or 1 ? 1 : 10,
        LoopForm.Unary => OfUnary(instruction.UnaryFunction),
        LoopForm.Binary => OfBinary(instruction.BinaryFunction),
        _ => 1,
    };

    private static int OfUnary(LoopUnary function) => function switch
    {
        LoopUnary.Negate or LoopUnary.Abs or LoopUnary.Floor or LoopUnary.Ceiling or LoopUnary.Round or LoopUnary.Not
            or LoopUnary.IsNaN or LoopUnary.IsFinite => 1,
        LoopUnary.Sign => 2,
        LoopUnary.Sqrt or LoopUnary.Rsqrt => 4,
        LoopUnary.Exp or LoopUnary.Log or LoopUnary.Sin or LoopUnary.Cos => 10,
        LoopUnary.Tanh or LoopUnary.Sigmoid or LoopUnary.Erf or LoopUnary.Expm1 or LoopUnary.Log1p => 14,
        LoopUnary.Softplus => 24,
        _ => 40,
    };

    private static int OfBinary(LoopBinary function) => function switch
    {
        LoopBinary.Divide => 4,
        LoopBinary.Power or LoopBinary.Remainder or LoopBinary.FloorDivide or LoopBinary.Atan2 => 40,
        _ => 1,
    };
}
