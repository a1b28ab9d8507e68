using System.Reflection.Emit;
using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>
/// The sums over the blocks of a long row: lane by lane, and beside every sum what rounding has taken from it (Knuth, The
/// Art of Computer Programming 2, 4.2.2, theorem B), so that however many blocks there are cost no digits.
/// </summary>
internal sealed class SumBlocks
{
    private readonly Dictionary<int, (LocalBuilder Sum, LocalBuilder Lost)[]> totals;
    private readonly VectorTypes types;
    private readonly ILGenerator il;
    private readonly ExpressionEmitter expressions;
    private readonly LocalBuilder next;

    /// <summary>Declares the sums.</summary>
    /// <param name="places">The Reduces.</param>
    /// <param name="vectors">How many vectors each sum has.</param>
    /// <param name="types">The types of the vectors.</param>
    /// <param name="il">Where code is written.</param>
    public SumBlocks(IEnumerable<int> places, int vectors, VectorTypes types, ILGenerator il)
    {
        (this.types, this.il) = (types, il);
        expressions = new ExpressionEmitter(types, il);
        next = il.DeclareLocal(types.Floats);
        totals = places.ToDictionary(place => place, _ => Enumerable.Range(0, vectors)
            .Select(_ => (il.DeclareLocal(types.Floats), il.DeclareLocal(types.Floats)))
            .ToArray());
    }

    /// <summary>Begins a row.</summary>
    public void EmitClear()
    {
        foreach (var (sum, lost) in totals.Values.SelectMany(pairs => pairs))
        {
            Set(sum, new FloatsExpression("Constant", 0.0));
            Set(lost, new FloatsExpression("Constant", 0.0));
        }
    }

    /// <summary>Adds the sums of a block.</summary>
    /// <param name="place">The Reduce.</param>
    /// <param name="block">A vector of sums for each of the total.</param>
    public void EmitAdd(int place, LocalBuilder[] block)
    {
        foreach (var (index, (sum, lost)) in totals[place].Index())
        {
            var (before, added) = (Value(sum), Value(block[index]));
            Set(next, Binary("Add", before, added));
            var share = Binary("Subtract", Value(next), before);
            var ofBefore = Binary("Subtract", before, Binary("Subtract", Value(next), share));
            Set(lost, Binary("Add", Value(lost), Binary("Add", ofBefore, Binary("Subtract", added, share))));
            Set(sum, Value(next));
        }
    }

    /// <summary>Puts the totals where the sums of a block were.</summary>
    /// <param name="place">The Reduce.</param>
    /// <param name="block">Receives a vector for each of the total.</param>
    public void EmitTotal(int place, LocalBuilder[] block)
    {
        foreach (var (index, (sum, lost)) in totals[place].Index())
        {
            Set(next, Binary("Add", Value(sum), Value(lost)));

            // What is lost of an infinite sum is no number.
            var isNumber = Binary("Equal", Value(next), Value(next));
            Set(block[index], new FloatsExpression("Select", null, isNumber, Value(next), Value(sum)));
        }
    }

    private static FloatsExpression Value(LocalBuilder local) => new(VectorExpression.Given, local);

    private static FloatsExpression Binary(string name, FloatsExpression left, FloatsExpression right) =>
        new(name, null, left, right);

    private void Set(LocalBuilder local, FloatsExpression value)
    {
        expressions.Emit(value);
        il.Emit(OpCodes.Stloc, local);
    }
}
