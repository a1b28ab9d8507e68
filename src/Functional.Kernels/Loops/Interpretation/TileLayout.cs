namespace Functional.Kernels.Loops;

/// <summary>Gives every register of a scheduled program a place in memory. Tiles are reused once their register is
/// dead.</summary>
internal sealed class TileLayout
{
    /// <summary>The number of columns in a tile: a few tiles of doubles fit the first-level cache.</summary>
    public const int Columns = 1024;
    private const int BytesOfRowValue = 16;

    private readonly LoopPreparation preparation;
    private readonly LoopProgram program;
    private readonly LoopSchedule schedule;
    private readonly TileAddress[] rowValues;
    private readonly TileAddress[] repeated;
    private readonly int bytesOfTile;
    private int bytes;

    public TileLayout(LoopPreparation preparation)
    {
        this.preparation = preparation;
        program = preparation.Program;
        schedule = preparation.Schedule;
        bytesOfTile = Columns * Math.Max(preparation.BytesOfFloat, sizeof(int));
        rowValues = new TileAddress[program.Instructions.Length];
        repeated = new TileAddress[program.Instructions.Length];
        PlaceRowValues();
        Phases = [.. schedule.Phases.Select(Place)];
        Epilogue = [.. schedule.Epilogue.Select(place => RowStep(place))];
        Constants = [.. Enumerable.Range(0, program.Instructions.Length)
            .Where(place => program.Instructions[place].Form == LoopForm.Constant)
            .Select(RowStep)];
        Bytes = bytes;
    }

    /// <summary>The passes over the columns.</summary>
    public TilePhase[] Phases { get; }

    /// <summary>What runs once per row after the last pass.</summary>
    public TileStep[] Epilogue { get; }

    /// <summary>The constants, which are written once for all runs.</summary>
    public TileStep[] Constants { get; }

    /// <summary>The memory a part needs.</summary>
    public int Bytes { get; }

    private TileAddress Take(int size)
    {
        var offset = bytes;
        bytes += (size + LoopPreparation.Alignment - 1) / LoopPreparation.Alignment * LoopPreparation.Alignment;
        return new TileAddress(TileSpace.Tile, offset, 0);
    }

    private void PlaceRowValues()
    {
        var needed = schedule.Phases
            .SelectMany(phase => phase.ColumnInstructions)
            .SelectMany(place => LoopRegisters.ReadBy(program.Instructions[place]))
            .ToHashSet();
        for (var place = 0; place < rowValues.Length; place++)
        {
            if (!program.Instructions[place].DefinesRegister || program.LevelOf(place) != LoopLevel.Row)
                continue;
            rowValues[place] = Take(BytesOfRowValue);
            if (needed.Contains(place))
                repeated[place] = Take(
                    Math.Min(Columns, program.Columns) * preparation.BytesOf(program.ElementOf(place)));
        }
    }

    private TileStep RowStep(int place) => Step(place, register => rowValues[register], rowValues[place]);

    private TileStep Step(int place, Func<int, TileAddress> addressOf, TileAddress result)
    {
        var instruction = program.Instructions[place];
        return new TileStep
        {
            Instruction = instruction,
            Element = program.ElementOf(place),
            Argument = instruction.First >= 0 ? program.ElementOf(instruction.First) : program.ElementOf(place),
            Result = result,
            First = instruction.First >= 0 ? addressOf(instruction.First) : default,
            Second = instruction.Second >= 0 ? addressOf(instruction.Second) : default,
            Third = instruction.Third >= 0 ? addressOf(instruction.Third) : default,
            Repeated = repeated[place],
        };
    }

    private TilePhase Place(LoopPhase phase)
    {
        var addresses = new Dictionary<int, TileAddress>();
        foreach (var register in phase.Restored)
            addresses[register] = InScratch(register);

        var lastUse = LastUses(phase);
        var storedDirectly = phase.ColumnInstructions
            .Where(place => program.Instructions[place].Form == LoopForm.Store)
            .Select(place => program.Instructions[place].First)
            .ToHashSet();
        var free = new Stack<TileAddress>();
        var steps = new List<TileStep>();
        foreach (var place in phase.ColumnInstructions)
        {
            var instruction = program.Instructions[place];
            var definesColumn = instruction.DefinesRegister && program.LevelOf(place) == LoopLevel.Column;
            if (definesColumn && IsReadInPlace(place, storedDirectly))
            {
                var operand = program.Operands[instruction.Operand];
                addresses[place] = new TileAddress(
                    TileSpace.Operand, instruction.Operand, preparation.BytesOf(operand.Element));
                continue;
            }

            var result = rowValues[place];
            if (definesColumn)
            {
                result = schedule.SlotOf(place) >= 0 ? InScratch(place)
                    : free.TryPop(out var reused) ? reused
                    : Take(bytesOfTile);
                addresses[place] = result;
            }

            steps.Add(Step(place, AddressOf, result));
            foreach (var register in LoopRegisters.ReadBy(instruction).Distinct())
            {
                if (addresses.TryGetValue(register, out var address)
                    && address.Space == TileSpace.Tile && lastUse[register] == place)
                    free.Push(address);
            }
        }

        return new TilePhase(
            [.. phase.RowInstructions.Where(place => program.Instructions[place].Form != LoopForm.Constant).Select(
                RowStep)],
            [.. steps.Where(step => step.Instruction.Form == LoopForm.Reduce)],
            [.. steps]);

        TileAddress AddressOf(int register) =>
            program.LevelOf(register) == LoopLevel.Row ? repeated[register] : addresses[register];
    }

    /// <summary>A dense Load needs no copy, unless a Store writes it unchanged: an earlier Store of the same step may
    /// have changed the memory by then.</summary>
    private bool IsReadInPlace(int place, HashSet<int> storedDirectly)
    {
        var instruction = program.Instructions[place];
        return instruction.Form == LoopForm.Load
            && program.Operands[instruction.Operand].ColumnStride == 1
            && program.ElementOf(place) != LoopElement.Bool
            && schedule.SlotOf(place) < 0
            && !storedDirectly.Contains(place);
    }

    private TileAddress InScratch(int register) => new(
        TileSpace.Scratch,
        checked((int)(preparation.BytesOfScratchSlot * schedule.SlotOf(register))),
        preparation.BytesOf(program.ElementOf(register)));

    private Dictionary<int, int> LastUses(LoopPhase phase)
    {
        var lastUse = new Dictionary<int, int>();
        foreach (var place in phase.ColumnInstructions)
        {
            foreach (var register in LoopRegisters.ReadBy(program.Instructions[place]))
                lastUse[register] = place;
        }

        return lastUse;
    }
}
