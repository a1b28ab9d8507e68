namespace Functional.Kernels.Loops;

/// <summary>An instruction together with where its arguments and its result are.</summary>
internal sealed record TileStep
{
    /// <summary>The instruction.</summary>
    public required LoopInstruction Instruction { get; init; }

    /// <summary>The type of its result, or of what it stores.</summary>
    public required LoopElement Element { get; init; }

    /// <summary>The type of its first argument; for a Load the type of the operand.</summary>
    public required LoopElement Argument { get; init; }

    /// <summary>Where the result goes.</summary>
    public TileAddress Result { get; init; }

    /// <summary>Where the first argument is.</summary>
    public TileAddress First { get; init; }

    /// <summary>Where the second argument is.</summary>
    public TileAddress Second { get; init; }

    /// <summary>Where the third argument is.</summary>
    public TileAddress Third { get; init; }

    /// <summary>Where a value per row is repeated for the columns, if columns need it.</summary>
    public TileAddress Repeated { get; init; }
}
