using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>
/// The order of work within a row: passes over its columns, and what runs once per row before, between and after them.
/// A value that several passes need is computed again when that costs at most three additions (a Load and a
/// subtraction, say) and kept in a row of scratch otherwise.
/// </summary>
internal sealed class LoopSchedule
{
    private const int RecomputationLimit = 3;

    private readonly int[] firstPhase;
    private readonly int[] slots;
    private readonly bool[] rowDone;

    public LoopSchedule(LoopProgram program)
    {
        Program = program;
        var count = program.Instructions.Length;
        var executedIn = ExecutionPhases(program);
        firstPhase = new int[count];
        Array.Fill(firstPhase, -1);
        slots = new int[count];
        Array.Fill(slots, -1);
        rowDone = new bool[count];

        var roots = Enumerable.Range(0, count).Where(IsColumnRoot).ToList();
        var phaseCount = roots.Count == 0 ? 0 : roots.Max(root => executedIn[root]) + 1;
        var drafts = new List<Draft>();
        for (var phase = 0; phase < phaseCount; phase++)
        {
            var draft = new Draft(phase);
            foreach (var root in roots.Where(root => PhaseOfRoot(root) == phase))
            {
                DemandColumn(program.Instructions[root].First, draft);
                draft.Column.Add(root);
            }

            draft.Column.Sort();
            drafts.Add(draft);
        }

        Phases = [.. drafts.Select(Finish)];
        ScratchSlots = slots.Max(slot => slot + 1);
        Epilogue = ListEpilogue();

        int PhaseOfRoot(int root) => program.Instructions[root].Form == LoopForm.Store
            ? phaseCount - 1
            : executedIn[root];
    }

    /// <summary>The program that is scheduled.</summary>
    public LoopProgram Program { get; }

    /// <summary>The passes over the columns, in order; none when nothing happens per column.</summary>
    public ImmutableArray<LoopPhase> Phases { get; }

    /// <summary>What runs once per row after the last pass, in order.</summary>
    public ImmutableArray<int> Epilogue { get; }

    /// <summary>How many rows of scratch a part needs.</summary>
    public int ScratchSlots { get; }

    /// <summary>The row of scratch that keeps a register, or -1.</summary>
    public int SlotOf(int register) => slots[register];

    /// <summary>Whether an instruction runs once per column although it defines no per-column register.</summary>
    public bool IsColumnRoot(int place)
    {
        var instruction = Program.Instructions[place];
        return instruction.Form switch
        {
            LoopForm.Reduce => true,
            LoopForm.Accumulate => Program.Operands[instruction.Operand].ColumnStride != 0,
            LoopForm.Store => Program.Operands[instruction.Operand].ColumnStride != 0
                || Program.LevelOf(instruction.First) == LoopLevel.Column,
            _ => false,
        };
    }

    /// <summary>The pass in which each instruction can run at the earliest: one after each Reduce that it waits for.</summary>
    /// <param name="program">The program.</param>
    /// <returns>A number for each instruction, from 0.</returns>
    internal static int[] ExecutionPhases(LoopProgram program)
    {
        var executedIn = new int[program.Instructions.Length];
        for (var place = 0; place < executedIn.Length; place++)
        {
            foreach (var register in LoopRegisters.ReadBy(program.Instructions[place]))
            {
                var available = executedIn[register] + (program.Instructions[register].Form == LoopForm.Reduce ? 1 : 0);
                executedIn[place] = Math.Max(executedIn[place], available);
            }
        }

        return executedIn;
    }

    private void DemandColumn(int register, Draft draft)
    {
        if (Program.LevelOf(register) == LoopLevel.Row)
        {
            DemandRow(register, draft.Row);
            return;
        }

        if (draft.Present.Contains(register))
            return;
        if (slots[register] >= 0
            || (firstPhase[register] >= 0 && RecomputationCost(register, draft) > RecomputationLimit))
        {
            if (slots[register] < 0)
                slots[register] = slots.Max() + 1;
            draft.Present.Add(register);
            draft.Restored.Add(register);
            return;
        }

        foreach (var argument in LoopRegisters.ReadBy(Program.Instructions[register]))
            DemandColumn(argument, draft);
        draft.Present.Add(register);
        draft.Column.Add(register);
        if (firstPhase[register] < 0)
            firstPhase[register] = draft.Phase;
    }

    private void DemandRow(int register, List<int> order)
    {
        if (rowDone[register] || Program.Instructions[register].Form == LoopForm.Reduce)
            return;
        rowDone[register] = true;
        foreach (var argument in LoopRegisters.ReadBy(Program.Instructions[register]))
            DemandRow(argument, order);
        order.Add(register);
    }

    private int RecomputationCost(int register, Draft draft)
    {
        if (Program.LevelOf(register) == LoopLevel.Row || draft.Present.Contains(register))
            return 0;
        if (slots[register] >= 0)
            return 1;
        var cost = LoopCost.Of(Program, Program.Instructions[register]);
        foreach (var argument in LoopRegisters.ReadBy(Program.Instructions[register]))
        {
            if (cost > RecomputationLimit)
                break;
            cost += RecomputationCost(argument, draft);
        }

        return cost;
    }

    private LoopPhase Finish(Draft draft) => new(
        [.. draft.Row],
        [.. draft.Restored],
        [.. draft.Column.Where(place => Program.Instructions[place].Form != LoopForm.Store),
            .. draft.Column.Where(place => Program.Instructions[place].Form == LoopForm.Store)],
        [.. draft.Column.Where(place => slots[place] >= 0 && firstPhase[place] == draft.Phase)]);

    private ImmutableArray<int> ListEpilogue()
    {
        var order = new List<int>();
        var roots = Enumerable.Range(0, Program.Instructions.Length)
            .Where(place => !Program.Instructions[place].DefinesRegister && !IsColumnRoot(place))
            .ToList();
        foreach (var root in roots)
            DemandRow(Program.Instructions[root].First, order);
        return [.. order, .. roots];
    }

    private sealed class Draft(int phase)
    {
        public int Phase { get; } = phase;

        public List<int> Row { get; } = [];

        public List<int> Restored { get; } = [];

        public List<int> Column { get; } = [];

        public HashSet<int> Present { get; } = [];
    }
}
