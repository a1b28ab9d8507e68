namespace Functional.Kernels.Loops;

/// <summary>
/// One step of a <see cref="LoopProgram"/>. It defines the register that has the number of its place in the list; Store
/// and Accumulate define none. Registers it reads must come earlier in the list.
/// </summary>
public sealed record LoopInstruction
{
    private LoopInstruction()
    {
    }

    /// <summary>What kind of step this is.</summary>
    public LoopForm Form { get; private init; }

    /// <summary>The operand of a Load, Store or Accumulate, otherwise -1.</summary>
    public int Operand { get; private init; } = -1;

    /// <summary>The dimension of an Index, otherwise -1.</summary>
    public int Dimension { get; private init; } = -1;

    /// <summary>The first register that is read, or -1.</summary>
    public int First { get; private init; } = -1;

    /// <summary>The second register that is read, or -1.</summary>
    public int Second { get; private init; } = -1;

    /// <summary>The third register that is read, or -1.</summary>
    public int Third { get; private init; } = -1;

    /// <summary>The result type of a Constant or a Cast.</summary>
    public LoopElement Element { get; private init; }

    /// <summary>The value of a Constant; a Bool is true when it is not 0.</summary>
    public double Value { get; private init; }

    /// <summary>The function of a Unary.</summary>
    public LoopUnary UnaryFunction { get; private init; }

    /// <summary>The function of a Binary.</summary>
    public LoopBinary BinaryFunction { get; private init; }

    /// <summary>The relation of a Compare.</summary>
    public LoopComparison Comparison { get; private init; }

    /// <summary>The way of combining of a Reduce or an Accumulate.</summary>
    public LoopReduction Reduction { get; private init; }

    /// <summary>Whether the instruction defines a register.</summary>
    public bool DefinesRegister => Form is not (LoopForm.Store or LoopForm.Accumulate);

    /// <summary>Reads an operand: per column if its column stride is not 0, else per row.</summary>
    /// <param name="operand">The place of the operand in the program's list.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Load(int operand) => new() { Form = LoopForm.Load, Operand = operand };

    /// <summary>A number.</summary>
    /// <param name="element">Its type.</param>
    /// <param name="value">Its value, rounded to the type.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Constant(LoopElement element, double value) =>
        new() { Form = LoopForm.Constant, Element = element, Value = value };

    /// <summary>The position along a dimension, counted from 0.</summary>
    /// <param name="dimension">The dimension; the last gives a value per column, the others one per row.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Index(int dimension) => new() { Form = LoopForm.Index, Dimension = dimension };

    /// <summary>A function of one register.</summary>
    /// <param name="function">The function.</param>
    /// <param name="first">The register it is applied to.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Unary(LoopUnary function, int first) =>
        new() { Form = LoopForm.Unary, UnaryFunction = function, First = first };

    /// <summary>A function of two registers.</summary>
    /// <param name="function">The function.</param>
    /// <param name="first">Its first argument.</param>
    /// <param name="second">Its second argument.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Binary(LoopBinary function, int first, int second) =>
        new() { Form = LoopForm.Binary, BinaryFunction = function, First = first, Second = second };

    /// <summary>Compares two registers.</summary>
    /// <param name="comparison">The relation.</param>
    /// <param name="first">Its left side.</param>
    /// <param name="second">Its right side.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Compare(LoopComparison comparison, int first, int second) =>
        new() { Form = LoopForm.Compare, Comparison = comparison, First = first, Second = second };

    /// <summary>Chooses between two registers.</summary>
    /// <param name="condition">A Bool register.</param>
    /// <param name="whenTrue">The result where the condition is true.</param>
    /// <param name="whenFalse">The result elsewhere.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Select(int condition, int whenTrue, int whenFalse) =>
        new() { Form = LoopForm.Select, First = condition, Second = whenTrue, Third = whenFalse };

    /// <summary>A product and a sum of Float registers in one: <c>first * second + third</c>.</summary>
    /// <param name="first">One factor.</param>
    /// <param name="second">The other factor.</param>
    /// <param name="third">What is added to the product.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction MultiplyAdd(int first, int second, int third) =>
        new() { Form = LoopForm.MultiplyAdd, First = first, Second = second, Third = third };

    /// <summary>Converts a register. Float to Int32 truncates toward zero, saturates and takes NaN to 0; anything to
    /// Bool asks whether it differs from 0.</summary>
    /// <param name="element">The type of the result.</param>
    /// <param name="first">The register to convert.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Cast(LoopElement element, int first) =>
        new() { Form = LoopForm.Cast, Element = element, First = first };

    /// <summary>Combines all columns of the row into one value per row.</summary>
    /// <param name="reduction">The way of combining.</param>
    /// <param name="first">The register to combine; one that has a value per row counts once for every column.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Reduce(LoopReduction reduction, int first) =>
        new() { Form = LoopForm.Reduce, Reduction = reduction, First = first };

    /// <summary>Writes a register to an operand.</summary>
    /// <param name="operand">The place of the operand in the program's list.</param>
    /// <param name="first">The register to write.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Store(int operand, int first) =>
        new() { Form = LoopForm.Store, Operand = operand, First = first };

    /// <summary>
    /// Combines a register into an operand over all dimensions in which the operand's stride is 0. What the operand
    /// holds before does not matter. A register with one value per row counts once per row if the operand's column
    /// stride is 0 and once per element otherwise.
    /// </summary>
    /// <param name="reduction">The way of combining.</param>
    /// <param name="operand">The place of the operand in the program's list.</param>
    /// <param name="first">The register to combine.</param>
    /// <returns>The instruction.</returns>
    public static LoopInstruction Accumulate(LoopReduction reduction, int operand, int first) =>
        new() { Form = LoopForm.Accumulate, Reduction = reduction, Operand = operand, First = first };

    /// <summary>The instruction with other registers, operands and dimensions in the place of its own.</summary>
    /// <param name="register">The new number of a register.</param>
    /// <param name="dimension">The new number of a dimension.</param>
    /// <returns>The renumbered instruction.</returns>
    internal LoopInstruction Renumber(Func<int, int> register, Func<int, int> dimension) => this with
    {
        First = First < 0 ? -1 : register(First),
        Second = Second < 0 ? -1 : register(Second),
        Third = Third < 0 ? -1 : register(Third),
        Dimension = Dimension < 0 ? -1 : dimension(Dimension),
    };

    /// <summary>A readable form such as <c>Add r1 r2</c>.</summary>
    /// <returns>The name of the step and what it reads.</returns>
    public override string ToString() => Form switch
    {
        LoopForm.Load => $"Load operand {Operand}",
        LoopForm.Constant => FormattableString.Invariant($"Constant {Element} {Value:R}"),
        LoopForm.Index => $"Index of dimension {Dimension}",
        LoopForm.Unary => $"{UnaryFunction} r{First}",
        LoopForm.Binary => $"{BinaryFunction} r{First} r{Second}",
        LoopForm.Compare => $"{Comparison} r{First} r{Second}",
        LoopForm.Select => $"Select r{First} r{Second} r{Third}",
        LoopForm.MultiplyAdd => $"MultiplyAdd r{First} r{Second} r{Third}",
        LoopForm.Cast => $"Cast to {Element} r{First}",
        LoopForm.Reduce => $"Reduce {Reduction} r{First}",
        LoopForm.Store => $"Store operand {Operand} r{First}",
        _ => $"Accumulate {Reduction} operand {Operand} r{First}",
    };
}
