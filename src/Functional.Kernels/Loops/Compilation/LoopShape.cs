namespace Functional.Kernels.Loops;

/// <summary>What a compiled loop knows about sizes: everything else it is told when it runs.</summary>
/// <param name="HasWholeVectors">Whether some part has at least as many columns as a vector has lanes.</param>
/// <param name="HasRest">Whether some part has columns that do not fill a vector.</param>
/// <param name="IsLong">Whether rows have so many columns that loops are worth unrolling.</param>
/// <param name="Blocks">0 where rows are one block of a sum; else the binary logarithm of the unrolling with which they
/// still are more than one, and 1.</param>
internal readonly record struct LoopShape(bool HasWholeVectors, bool HasRest, bool IsLong, int Blocks)
{
    /// <summary>
    /// A sum is formed in so many bytes of lanes at least, however wide vectors are: so the order in which columns are
    /// added depends on sizes only.
    /// </summary>
    public const int BytesOfSum = 64;

    /// <summary>So many values are added up in a lane before the sum goes on with a new one.</summary>
    public const int AdditionsOfBlock = 16;

    private const int MostUnrolling = 4;

    /// <summary>Finds the shape of a program for a vector width.</summary>
    /// <param name="preparation">The program and its parts.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <returns>The shape.</returns>
    public static LoopShape Of(LoopPreparation preparation, int lanes)
    {
        var lanesOfSum = BytesOfSum / preparation.BytesOfFloat;
        var (hasWholeVectors, hasRest, isLong, blocks) = (false, false, false, 0);
        for (var part = 0; part < preparation.Partition.Parts; part++)
        {
            var columns = preparation.Partition[part].Columns;
            hasWholeVectors |= columns >= lanes;
            hasRest |= columns % lanes != 0;
            isLong |= columns >= 8 * lanesOfSum;
            for (var (unrolling, place) = (1, 1); unrolling <= MostUnrolling; unrolling *= 2, place++)
            {
                if (columns > unrolling * AdditionsOfBlock * lanesOfSum)
                    blocks = Math.Max(blocks, place);
            }
        }

        return new LoopShape(hasWholeVectors, hasRest, isLong, blocks);
    }

    /// <summary>Whether some row has more columns than one block of a sum.</summary>
    /// <param name="unrolling">How many vectors of <see cref="BytesOfSum"/> are summed at a time: 1, 2 or 4.</param>
    /// <returns>True if sums are formed in blocks.</returns>
    public bool HasBlocks(int unrolling) => Blocks > int.Log2(unrolling);
}
