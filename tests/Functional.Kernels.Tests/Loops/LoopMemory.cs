using System.Runtime.InteropServices;
using Functional.Kernels.Loops;

namespace Functional.Kernels.Tests.Loops;

/// <summary>Memory for the operands of a program, as doubles for the reference and as bytes for kernels.</summary>
internal sealed unsafe class LoopMemory<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly LoopProgram program;

    private LoopMemory(LoopProgram program, double[][] values, int[] origins)
    {
        this.program = program;
        Values = values;
        Origins = origins;
    }

    public double[][] Values { get; }

    public int[] Origins { get; }

    public static LoopMemory<T> Make(LoopProgram program, Func<LoopOperand, int, double[]> fill)
    {
        var origins = new int[program.Operands.Length];
        var values = new double[program.Operands.Length][];
        for (var operand = 0; operand < values.Length; operand++)
        {
            var (low, high) = (0, 0);
            for (var dimension = 0; dimension < program.Extents.Length; dimension++)
            {
                var span = program.Operands[operand].Strides[dimension] * (program.Extents[dimension] - 1);
                (low, high) = (low + Math.Min(span, 0), high + Math.Max(span, 0));
            }

            origins[operand] = -low;
            values[operand] = [.. fill(program.Operands[operand], high - low + 1).Select(
                value => Rounded(program.Operands[operand].Element, value))];
        }

        return new LoopMemory<T>(program, values, origins);
    }

    public double[][] Reference() => new ReferenceLoop<T>(program, Values, Origins).Run();

    /// <summary>Runs a kernel and returns what the operands hold afterwards.</summary>
    public double[][] Run(LoopKernel kernel, IEnumerable<int>? order = null)
    {
        var memory = Values.Select((values, operand) => ToBytes(program.Operands[operand].Element, values)).ToArray();
        var handles = memory.Select(bytes => GCHandle.Alloc(bytes, GCHandleType.Pinned)).ToArray();
        try
        {
            var pointers = stackalloc void*[memory.Length];
            for (var operand = 0; operand < memory.Length; operand++)
                pointers[operand] = (byte*)handles[operand].AddrOfPinnedObject() + (Origins[operand] * SizeOf(
                    program.Operands[operand].Element));
            foreach (var part in order ?? Enumerable.Range(0, kernel.Parts))
                kernel.Run(part, pointers);
            kernel.Combine(pointers);
        }
        finally
        {
            foreach (var handle in handles)
                handle.Free();
        }

        return [.. memory.Select((bytes, operand) => FromBytes(program.Operands[operand].Element, bytes))];
    }

    private static double Rounded(LoopElement element, double value) => element switch
    {
        LoopElement.Float => double.CreateTruncating(T.CreateTruncating(value)),
        LoopElement.Int32 => (int)value,
        _ => value > 0 ? 1 : 0,
    };

    private static int SizeOf(LoopElement element) => element switch
    {
        LoopElement.Float => sizeof(T),
        LoopElement.Int32 => sizeof(int),
        _ => 1,
    };

    private static byte[] ToBytes(LoopElement element, double[] values) => element switch
    {
        LoopElement.Float => MemoryMarshal.AsBytes<T>(values.Select(T.CreateTruncating).ToArray()).ToArray(),
        LoopElement.Int32 => MemoryMarshal.AsBytes<int>(values.Select(value => (int)value).ToArray()).ToArray(),
        _ => [.. values.Select(value => (byte)value)],
    };

    private static double[] FromBytes(LoopElement element, byte[] bytes) => element switch
    {
        LoopElement.Float => [.. MemoryMarshal.Cast<byte, T>(bytes).ToArray().Select(double.CreateTruncating)],
        LoopElement.Int32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(value => (double)value)],
        _ => [.. bytes.Select(value => (double)value)],
    };
}
