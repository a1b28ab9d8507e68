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

    public LoopEmitter(LoopPreparation preparation, LoopShape shape, VectorTypes types, ILGenerator il)
    {
        program = preparation.Program;
        schedule = preparation.Schedule;
        this.shape = shape;
        this.types = types;
        this.il = il;
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

        var copies = CopiesOf(phase);
        var reductions = phase.ColumnInstructions
            .Where(place => program.Instructions[place].Form == LoopForm.Reduce)
            .ToDictionary(place => place, place => DeclareSums(place, copies));

        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Stloc, frame.Column);
        if (CountsColumns(phase))
            instructions.EmitFirstColumns();
        if (shape.HasWholeVectors)
        {
            if (copies > 1)
                EmitColumns(phase, reductions, copies);
            EmitColumns(phase, reductions, 1);
        }

        if (shape.HasRest)
            EmitRest(phase, reductions);
        foreach (var (place, sums) in reductions)
            EmitAcross(place, sums);
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
        {
            sums[copy] = il.DeclareLocal(types.VectorOf(program.ElementOf(place)));
            instructions.EmitNeutral(place);
            il.Emit(OpCodes.Stloc, sums[copy]);
        }

        return sums;
    }

    private void EmitColumns(LoopPhase phase, Dictionary<int, LocalBuilder[]> reductions, int copies)
    {
        var head = il.DefineLabel();
        var end = il.DefineLabel();
        il.MarkLabel(head);
        il.Emit(OpCodes.Ldloc, frame.Column);
        il.Emit(OpCodes.Ldc_I4, copies * types.Lanes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldloc, frame.WholeColumns);
        il.Emit(OpCodes.Bgt, end);
        for (var copy = 0; copy < copies; copy++)
            EmitBody(phase, reductions, new EmitterColumn(copy * types.Lanes, copy, IsRest: false));
        il.Emit(OpCodes.Ldloc, frame.Column);
        il.Emit(OpCodes.Ldc_I4, copies * types.Lanes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, frame.Column);
        if (CountsColumns(phase))
        {
            instructions.EmitColumnNumbers(copies * types.Lanes);
            il.Emit(OpCodes.Stloc, frame.ColumnNumbers);
        }

        il.Emit(OpCodes.Br, head);
        il.MarkLabel(end);
    }

    private void EmitRest(LoopPhase phase, Dictionary<int, LocalBuilder[]> reductions)
    {
        var end = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, frame.Rest);
        il.Emit(OpCodes.Brfalse, end);
        EmitBody(phase, reductions, new EmitterColumn(0, 0, IsRest: true));
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

    private void EmitAcross(int place, LocalBuilder[] sums)
    {
        for (var width = sums.Length; width > 1; width /= 2)
        {
            for (var copy = 0; copy < width / 2; copy++)
            {
                instructions.EmitStep(place, sums[copy], sums[copy + (width / 2)]);
                il.Emit(OpCodes.Stloc, sums[copy]);
            }
        }

        instructions.EmitAcross(place, sums[0]);
        il.Emit(OpCodes.Stloc, frame.LocalOf(place));
    }
}
