using Functional.Compiler;
using Functional.Compiler.Planning;
using Functional.Core.Graph;
using Functional.Core.Tensors;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Runtime.Execution;
using Microsoft.FSharp.Collections;

namespace Functional.Benchmarks.Loops;

/// <summary>A computation as models run it: compiled to a plan and bound to memory, which others may use too.</summary>
internal sealed unsafe class LoopSession : IDisposable
{
    private readonly Dictionary<string, AlignedMemory> leaves = [];
    private readonly AlignedMemory arena;
    private readonly BoundPlan bound;

    public LoopSession(Computation computation)
    {
        Plan = Functional.Compiler.Compiler.compile(
            CompilerOptionsModule.standard, MapModule.Empty<string, int>(), computation);
        arena = new AlignedMemory(Plan.ArenaSizeInBytes);
        bound = new BoundPlan(Plan, arena, new LoopCodeCache());
        foreach (var (kind, name) in bound.Leaves)
        {
            var buffer = bound.BufferOf(kind, name);
            leaves[name] = new AlignedMemory(
                (long)Plan.Buffers[buffer].SizeInElements * ElementTypeModule.sizeInBytes(Plan.Buffers[buffer].ElementType));
            bound.SetAddress(buffer, leaves[name].Address);
        }

        Reset();
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>Runs the plan.</summary>
    public void Run() => bound.Run();

    /// <summary>Gives all leaves the values they had at first.</summary>
    public void Reset()
    {
        var random = new Random(1);
        foreach (var (kind, name) in bound.Leaves)
        {
            var buffer = Plan.Buffers[bound.BufferOf(kind, name)];
            if (buffer.ElementType.IsInt32)
            {
                foreach (ref var label in leaves[name].AsSpan<int>(0, buffer.SizeInElements))
                    label = random.Next(1000);
            }
            else
            {
                // A velocity is a mean of squares, and so is never negative.
                foreach (ref var number in leaves[name].AsSpan<float>(0, buffer.SizeInElements))
                    number = name == "velocity" ? random.NextSingle() : (4 * random.NextSingle()) - 2;
            }
        }
    }

    /// <summary>Where a leaf or a result lies.</summary>
    /// <typeparam name="T">The type of its elements.</typeparam>
    /// <param name="name">Its name.</param>
    /// <returns>Its first element.</returns>
    public T* Find<T>(string name)
        where T : unmanaged =>
        leaves.TryGetValue(name, out var memory)
            ? (T*)memory.Start
            : (T*)bound.AddressOf(Plan.Results.Single(result => result.Name == name).Operand);

    /// <summary>A copy of everything that the computation writes.</summary>
    public Dictionary<string, float[]> Written()
    {
        var written = new Dictionary<string, float[]>();
        foreach (var result in Plan.Results)
        {
            var count = result.Dimensions.Aggregate(1, (product, length) => product * length);
            written[result.Name] = new Span<float>(Find<float>(result.Name), count).ToArray();
        }

        foreach (var (kind, name) in bound.Leaves)
        {
            if (!kind.IsInput)
            {
                var count = Plan.Buffers[bound.BufferOf(kind, name)].SizeInElements;
                written[name] = new Span<float>(Find<float>(name), count).ToArray();
            }
        }

        return written;
    }

    public void Dispose()
    {
        ((IDisposable)bound).Dispose();
        arena.Dispose();
        foreach (var memory in leaves.Values)
            memory.Dispose();
    }
}
