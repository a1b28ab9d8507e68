using System.Reflection.Emit;

namespace Functional.Kernels.Loops;

/// <summary>
/// Writes the code of a scheduled program: a loop over the rows of a slab and in it, for every pass, a loop over whole
/// vectors of columns and what is left of them. Registers are locals, so the JIT compiler keeps them in CPU registers.
/// </summary>
internal sealed class LoopEmitter
{
    // So much work for each column hides that a sum waits for its previous step.
    private const int HidingCost = 24;

    private readonly LoopProgram program;
    private readonly LoopSchedule schedule;
    private readonly LoopShape shape;
    private readonly VectorTypes types;
    private readonly EmitterFrame frame;
    private readonly InstructionEmitter instructions;
    private readonly ILGenerator il;

    // The vectors of this width that make one of 64 bytes.
    private readonly int vectorsOfSum;

    public LoopEmitter(LoopPreparation preparation, LoopShape shape, VectorTypes types, ILGenerator il)
    {
        program = preparation.Program;
        schedule = preparation.Schedule;
        this.shape = shape;
        this.types = types;
        this.il = il;
        vectorsOfSum = LoopShape.BytesOfSum / preparation.BytesOfFloat / types.Lanes;
        frame = new EmitterFrame(preparation, types, il);
        instructions = new InstructionEmitter(schedule, types, frame, il);
    }

    /// <summary>Writes the method body.</summary>
    public void Emit()
    {
        frame.EmitPrologue();
        var row = frame.Row;
        var head = il.DefineLabel();
        var end = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Stloc, row);
        il.MarkLabel(head);
        il.Emit(OpCodes.Ldloc, row);
        frame.LoadSlab(LoopSlab.Rows);
        il.Emit(OpCodes.Bge, end);

        foreach (var phase in schedule.Phases)
            EmitPhase(phase);
        foreach (var place in schedule.Epilogue)
            EmitRow(place);

        frame.EmitNextRow();
        il.Emit(OpCodes.Br, head);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ret);
    }

    private void EmitRow(int place)
    {
        if (!instructions.IsRepeated(place))
            instructions.EmitRow(place);
    }

    private void EmitPhase(LoopPhase phase)
    {
        foreach (var place in phase.RowInstructions)
            EmitRow(place);

        var reductions = phase.ColumnInstructions
            .Where(place => program.Instructions[place].Form == LoopForm.Reduce)
            .ToList();
        var unrolling = CopiesOf(phase);
        if (reductions.Count == 0)
            EmitPasses(phase, [], unrolling, 1, null);
        else
            EmitReductions(phase, reductions, unrolling);
    }

    /// <summary>
    /// Sums are formed in lanes of 64 bytes, unrolled or not, each of which takes every so many columns: narrower
    /// vectors form the same sums in more of them.
    /// </summary>
    private void EmitReductions(LoopPhase phase, List<int> reductions, int unrolling)
    {
        var sums = reductions.ToDictionary(place => place, place => DeclareSums(place, unrolling * vectorsOfSum));
        var blocks = reductions.Any(instructions.IsFloatSum) && shape.HasBlocks(unrolling)
            ? new SumBlocks(reductions.Where(instructions.IsFloatSum), vectorsOfSum, types, il)
            : null;
        blocks?.EmitClear();
        EmitPasses(phase, sums, unrolling * vectorsOfSum, vectorsOfSum, blocks);
        foreach (var (place, ofPlace) in sums)
            EmitAcross(place, ofPlace, blocks);
    }

    private void EmitPasses(
        LoopPhase phase, Dictionary<int, LocalBuilder[]> reductions, int copies, int leastCopies, SumBlocks? blocks)
    {

        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Stloc, frame.Column);
        if (CountsColumns(phase))
            instructions.EmitFirstColumns();
        if (shape.HasWholeVectors)
        {
            if (blocks is not null)
                EmitBlocks(phase, reductions, copies, blocks);
            else if (copies > leastCopies)
                EmitColumns(phase, reductions, copies, frame.WholeColumns);
            if (blocks is null || copies > leastCopies)
                EmitColumns(phase, reductions, leastCopies, frame.WholeColumns);
        }

        EmitRest(phase, reductions, leastCopies);
    }

    /// <summary>Goes through the columns block by block: what a block's lanes hold is put aside after each but the
    /// last.</summary>
    private void EmitBlocks(LoopPhase phase, Dictionary<int, LocalBuilder[]> reductions, int copies, SumBlocks blocks)
    {
        var head = il.DefineLabel();
        var end = il.DefineLabel();
        var isWithin = il.DefineLabel();
        var limit = il.DeclareLocal(typeof(nint));
        il.MarkLabel(head);
        il.Emit(OpCodes.Ldloc, frame.Column);
        il.Emit(OpCodes.Ldc_I4, LoopShape.AdditionsOfBlock * copies * types.Lanes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, limit);
        il.Emit(OpCodes.Ldloc, limit);
        il.Emit(OpCodes.Ldloc, frame.WholeColumns);
        il.Emit(OpCodes.Ble, isWithin);
        il.Emit(OpCodes.Ldloc, frame.WholeColumns);
        il.Emit(OpCodes.Stloc, limit);
        il.MarkLabel(isWithin);
        EmitColumns(phase, reductions, copies, limit);
        il.Emit(OpCodes.Ldloc, frame.Column);
        il.Emit(OpCodes.Ldc_I4, copies * types.Lanes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldloc, frame.WholeColumns);
        il.Emit(OpCodes.Bgt, end);
        foreach (var (place, sums) in reductions.Where(reduction => instructions.IsFloatSum(reduction.Key)))
        {
            EmitTree(place, sums, vectorsOfSum);
            blocks.EmitAdd(place, sums);
            EmitNeutral(place, sums);
        }

        il.Emit(OpCodes.Br, head);
        il.MarkLabel(end);
    }

    /// <summary>A reduction waits for its previous step, so short ones go on with several sums at a time. Two vectors at a
    /// time also halve what a loop costs besides.</summary>
    private int CopiesOf(LoopPhase phase)
    {
        var reduces = phase.ColumnInstructions.Any(place => program.Instructions[place].Form == LoopForm.Reduce);
        var cost = phase.ColumnInstructions.Sum(place => LoopCost.Of(program, program.Instructions[place]));
        return !shape.IsLong ? 1 : reduces && cost <= HidingCost / 4 ? 4 : cost <= HidingCost ? 2 : 1;
    }

    private bool CountsColumns(LoopPhase phase) => phase.ColumnInstructions.Any(place =>
        program.Instructions[place].Form == LoopForm.Index);

    private LocalBuilder[] DeclareSums(int place, int copies)
    {
        var sums = new LocalBuilder[copies];
        for (var copy = 0; copy < copies; copy++)
            sums[copy] = il.DeclareLocal(types.VectorOf(program.ElementOf(place)));
        EmitNeutral(place, sums);
        return sums;
    }

    private void EmitNeutral(int place, LocalBuilder[] sums)
    {
        foreach (var sum in sums)
        {
            instructions.EmitNeutral(place);
            il.Emit(OpCodes.Stloc, sum);
        }
    }

    private void EmitColumns(
        LoopPhase phase, Dictionary<int, LocalBuilder[]> reductions, int copies, LocalBuilder limit)
    {
        var head = il.DefineLabel();
        var end = il.DefineLabel();
        il.MarkLabel(head);
        il.Emit(OpCodes.Ldloc, frame.Column);
        il.Emit(OpCodes.Ldc_I4, copies * types.Lanes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldloc, limit);
        il.Emit(OpCodes.Bgt, end);
        for (var copy = 0; copy < copies; copy++)
            EmitBody(phase, reductions, new EmitterColumn(copy * types.Lanes, copy, IsRest: false));
        EmitNextColumns(phase, copies);
        il.Emit(OpCodes.Br, head);
        il.MarkLabel(end);
    }

    private void EmitNextColumns(LoopPhase phase, int vectors)
    {
        il.Emit(OpCodes.Ldloc, frame.Column);
        il.Emit(OpCodes.Ldc_I4, vectors * types.Lanes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, frame.Column);
        if (CountsColumns(phase))
        {
            instructions.EmitColumnNumbers(vectors * types.Lanes);
            il.Emit(OpCodes.Stloc, frame.ColumnNumbers);
        }
    }

    /// <summary>What is left when vectors go by so many: whole ones, as long as there are, and columns that fill none.</summary>
    private void EmitRest(LoopPhase phase, Dictionary<int, LocalBuilder[]> reductions, int vectors)
    {
        var end = il.DefineLabel();
        for (var copy = 0; copy < vectors; copy++)
        {
            var isNext = il.DefineLabel();
            if (copy < vectors - 1)
            {
                il.Emit(OpCodes.Ldloc, frame.Column);
                il.Emit(OpCodes.Ldloc, frame.WholeColumns);
                il.Emit(OpCodes.Blt, isNext);
            }

            if (shape.HasRest)
            {
                il.Emit(OpCodes.Ldloc, frame.Rest);
                il.Emit(OpCodes.Brfalse, end);
                EmitBody(phase, reductions, new EmitterColumn(0, copy, IsRest: true));
            }

            if (copy == vectors - 1)
                continue;
            il.Emit(OpCodes.Br, end);
            il.MarkLabel(isNext);
            EmitBody(phase, reductions, new EmitterColumn(0, copy, IsRest: false));
            EmitNextColumns(phase, 1);
        }

        il.MarkLabel(end);
    }

    private void EmitBody(LoopPhase phase, Dictionary<int, LocalBuilder[]> reductions, EmitterColumn column)
    {
        foreach (var register in phase.Restored)
        {
            frame.EmitScratchAddress(schedule.SlotOf(register), column.Offset);
            il.Emit(OpCodes.Ldobj, types.VectorOf(program.ElementOf(register)));
            il.Emit(OpCodes.Stloc, frame.LocalOf(register));
        }

        foreach (var place in phase.ColumnInstructions)
        {
            if (reductions.TryGetValue(place, out var sums))
                instructions.EmitReduce(place, sums[column.Copy], column);
            else if (!instructions.IsRepeated(place))
                instructions.EmitColumn(place, column);
            if (program.Instructions[place].DefinesRegister && phase.Saved.Contains(place))
            {
                frame.EmitScratchAddress(schedule.SlotOf(place), column.Offset);
                il.Emit(OpCodes.Ldloc, frame.LocalOf(place));
                il.Emit(OpCodes.Stobj, types.VectorOf(program.ElementOf(place)));
            }
        }
    }

    private void EmitAcross(int place, LocalBuilder[] sums, SumBlocks? blocks)
    {
        if (blocks is not null && instructions.IsFloatSum(place))
        {
            EmitTree(place, sums, vectorsOfSum);
            blocks.EmitAdd(place, sums);
            blocks.EmitTotal(place, sums);
            sums = sums[..vectorsOfSum];
        }

        EmitTree(place, sums, 1);
        instructions.EmitAcross(place, sums[0]);
        il.Emit(OpCodes.Stloc, frame.LocalOf(place));
    }

    /// <summary>Combines sums in pairs until so many are left.</summary>
    private void EmitTree(int place, LocalBuilder[] sums, int remaining)
    {
        for (var width = sums.Length; width > remaining; width /= 2)
        {
            for (var copy = 0; copy < width / 2; copy++)
            {
                instructions.EmitStep(place, sums[copy], sums[copy + (width / 2)]);
                il.Emit(OpCodes.Stloc, sums[copy]);
            }
        }
    }
}
