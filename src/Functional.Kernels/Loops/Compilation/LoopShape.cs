namespace Functional.Kernels.Loops;

/// <summary>What a compiled loop knows about sizes: everything else it is told when it runs.</summary>
/// <param name="HasWholeVectors">Whether some part has at least as many columns as a vector has lanes.</param>
/// <param name="HasRest">Whether some part has columns that do not fill a vector.</param>
/// <param name="IsLong">Whether rows have so many columns that loops are worth unrolling.</param>
internal readonly record struct LoopShape(bool HasWholeVectors, bool HasRest, bool IsLong)
{
    /// <summary>Finds the shape of a program for a vector width.</summary>
    /// <param name="preparation">The program and its parts.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <returns>The shape.</returns>
    public static LoopShape Of(LoopPreparation preparation, int lanes)
    {
        var (hasWholeVectors, hasRest, isLong) = (false, false, false);
        for (var part = 0; part < preparation.Partition.Parts; part++)
        {
            var columns = preparation.Partition[part].Columns;
            hasWholeVectors |= columns >= lanes;
            hasRest |= columns % lanes != 0;
            isLong |= columns >= 8 * lanes;
        }

        return new LoopShape(hasWholeVectors, hasRest, isLong);
    }
}
