using System.Reflection.Emit;

namespace Functional.Kernels.Loops;

/// <summary>The locals of a compiled loop, and the code that sets them up and finds memory.</summary>
internal sealed class EmitterFrame
{
    private const int CacheLine = LoopPreparation.Alignment;

    private readonly LoopPreparation preparation;
    private readonly VectorTypes types;
    private readonly ILGenerator il;
    private readonly int outer;
    private readonly LocalBuilder[] pointers;
    private readonly LocalBuilder?[] columnStrides;
    private readonly LocalBuilder?[] registers;
    private LocalBuilder? columnNumbers;
    private readonly LocalBuilder? scratch;
    private readonly LocalBuilder? bytesOfSlot;

    public EmitterFrame(LoopPreparation preparation, VectorTypes types, ILGenerator il)
    {
        (this.preparation, this.types, this.il) = (preparation, types, il);
        var program = preparation.Program;
        outer = program.Extents.Length - 1;
        registers = new LocalBuilder?[program.Instructions.Length];
        pointers = [.. program.Operands.Select(_ => il.DeclareLocal(typeof(nint)))];
        columnStrides = [.. program.Operands.Select(
            operand => IsStrided(operand) ? il.DeclareLocal(typeof(nint)) : null)];
        Row = il.DeclareLocal(typeof(long));
        Column = il.DeclareLocal(typeof(nint));
        WholeColumns = il.DeclareLocal(typeof(nint));
        Rest = il.DeclareLocal(typeof(int));
        Mask = il.DeclareLocal(types.Integers);
        if (preparation.Schedule.ScratchSlots > 0)
            (scratch, bytesOfSlot) = (il.DeclareLocal(typeof(nint)), il.DeclareLocal(typeof(nint)));
    }

    /// <summary>The row within the slab.</summary>
    public LocalBuilder Row { get; }

    /// <summary>The column within the part.</summary>
    public LocalBuilder Column { get; }

    /// <summary>The numbers of the columns at the loop variable, for passes that read them.</summary>
    public LocalBuilder ColumnNumbers => columnNumbers ??= il.DeclareLocal(types.Integers);

    /// <summary>How many columns fill whole vectors.</summary>
    public LocalBuilder WholeColumns { get; }

    /// <summary>How many columns are left over.</summary>
    public LocalBuilder Rest { get; }

    /// <summary>The lanes of the columns left over.</summary>
    public LocalBuilder Mask { get; }

    /// <summary>Whether the columns of an operand are neither neighbours nor one element.</summary>
    /// <param name="operand">The operand.</param>
    /// <returns>Whether it is read and written lane by lane.</returns>
    public static bool IsStrided(LoopOperand operand) => operand.ColumnStride is not (0 or 1);

    /// <summary>The local of a register.</summary>
    /// <param name="register">The register.</param>
    /// <returns>A local of its vector type.</returns>
    public LocalBuilder LocalOf(int register) =>
        registers[register] ??= il.DeclareLocal(types.VectorOf(preparation.Program.ElementOf(register)));

    /// <summary>Pushes a number of the slab.</summary>
    /// <param name="place">Its place.</param>
    public void LoadSlab(int place)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, place * sizeof(long));
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldind_I8);
    }

    /// <summary>Reads pointers and sizes into locals.</summary>
    public void EmitPrologue()
    {
        for (var operand = 0; operand < pointers.Length; operand++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, operand * IntPtr.Size);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldind_I);
            il.Emit(OpCodes.Stloc, pointers[operand]);
            if (columnStrides[operand] is { } stride)
            {
                LoadSlab(LoopSlab.RowStride(outer, operand) + 1);
                il.Emit(OpCodes.Conv_I);
                il.Emit(OpCodes.Stloc, stride);
            }
        }

        LoadSlab(LoopSlab.Columns);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldc_I4, -types.Lanes);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Stloc, WholeColumns);
        LoadSlab(LoopSlab.Columns);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ldc_I4, types.Lanes - 1);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Stloc, Rest);
        il.Emit(OpCodes.Call, types.Method(types.Width, "get_LaneNumbers"));
        il.Emit(OpCodes.Ldloc, Rest);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Call, types.Method(types.Width, "Integer"));
        il.Emit(OpCodes.Call, types.Method(types.Width, "IntegerLess"));
        il.Emit(OpCodes.Stloc, Mask);
        if (scratch is not null && bytesOfSlot is not null)
            EmitScratch(scratch, bytesOfSlot);
    }

    /// <summary>Moves all pointers to the next row.</summary>
    public void EmitNextRow()
    {
        for (var operand = 0; operand < pointers.Length; operand++)
        {
            il.Emit(OpCodes.Ldloc, pointers[operand]);
            LoadSlab(LoopSlab.RowStride(outer, operand));
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, pointers[operand]);
        }

        il.Emit(OpCodes.Ldloc, Row);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, Row);
    }

    /// <summary>Pushes the address of an operand in the current row.</summary>
    /// <param name="operand">The operand.</param>
    public void EmitRowAddress(int operand) => il.Emit(OpCodes.Ldloc, pointers[operand]);

    /// <summary>Pushes the address of an operand in the current column.</summary>
    /// <param name="operand">The operand.</param>
    /// <param name="offset">How many columns ahead.</param>
    public void EmitColumnAddress(int operand, int offset)
    {
        il.Emit(OpCodes.Ldloc, pointers[operand]);
        il.Emit(OpCodes.Ldloc, Column);
        if (columnStrides[operand] is { } stride)
        {
            il.Emit(OpCodes.Ldc_I4, offset);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldloc, stride);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Add);
            return;
        }

        EmitScaledColumn(preparation.BytesOf(preparation.Program.Operands[operand].Element), offset);
    }

    /// <summary>Pushes the stride of an operand that is read lane by lane.</summary>
    /// <param name="operand">The operand.</param>
    public void EmitColumnStride(int operand)
    {
        LoadSlab(LoopSlab.RowStride(outer, operand) + 1);
    }

    /// <summary>Pushes the address of a register in the row scratch.</summary>
    /// <param name="slot">Its row of scratch.</param>
    /// <param name="offset">How many columns ahead.</param>
    public void EmitScratchAddress(int slot, int offset)
    {
        il.Emit(OpCodes.Ldloc, scratch!);
        il.Emit(OpCodes.Ldloc, bytesOfSlot!);
        il.Emit(OpCodes.Ldc_I4, slot);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldloc, Column);
        EmitScaledColumn(preparation.BytesOfFloat, offset);
    }

    private void EmitScaledColumn(int bytesOfElement, int offset)
    {
        if (bytesOfElement > 1)
        {
            il.Emit(OpCodes.Ldc_I4, bytesOfElement);
            il.Emit(OpCodes.Mul);
        }

        il.Emit(OpCodes.Add);
        if (offset > 0)
        {
            il.Emit(OpCodes.Ldc_I4, offset * bytesOfElement);
            il.Emit(OpCodes.Add);
        }
    }

    private void EmitScratch(LocalBuilder start, LocalBuilder slot)
    {
        LoadSlab(LoopSlab.Scratch);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Stloc, start);
        LoadSlab(LoopSlab.Columns);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldc_I4, preparation.BytesOfFloat);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Ldc_I4, CacheLine - 1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldc_I4, -CacheLine);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Stloc, slot);
    }
}
