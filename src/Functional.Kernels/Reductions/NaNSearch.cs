using System.Numerics;
using System.Numerics.Tensors;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Reductions;

/// <summary>Looks for elements that are not numbers, at the speed of memory.</summary>
public static class NaNSearch
{
    /// <summary>The position of the first NaN.</summary>
    /// <param name="values">A tensor of any type; one of whole numbers has no NaN.</param>
    /// <returns>Its position in row-major order, or -1 when every element is a number.</returns>
    public static int FirstIn(HostTensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Kind switch
        {
            ElementKind.Float32 => new Search<float>(values).Run(),
            ElementKind.Float64 => new Search<double>(values).Run(),
            _ => -1,
        };
    }

    private sealed class Search<T>(HostTensor values) : IPartitionedWork
        where T : unmanaged, IFloatingPoint<T>
    {
        // Enough that a thread is worth waking, few enough that what a thread has read stays in its cache for what comes next.
        private const int ElementsOfPart = 1 << 16;

        private readonly Partition _parts = Partition.BySize(values.Length, ElementsOfPart);
        private int _first = int.MaxValue;

        public int Run()
        {
            ThreadTeam.Run(_parts.Parts, this);
            return _first == int.MaxValue ? -1 : _first;
        }

        public void Run(int part)
        {
            var start = (int)_parts.Start(part);
            var elements = values.AsSpan<T>()[start..(int)_parts.End(part)];

            // The sum is NaN when an element is; infinities may make it NaN, too.
            if (!T.IsNaN(TensorPrimitives.Sum<T>(elements)))
                return;
            for (var index = 0; index < elements.Length; index++)
            {
                if (!T.IsNaN(elements[index]))
                    continue;
                lock (this)
                    _first = Math.Min(_first, start + index);
                return;
            }
        }
    }
}
