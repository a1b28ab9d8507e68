namespace Functional.Keras.Preprocessing;

/// <summary>On which side of a sequence something is done.</summary>
public enum SequenceSide
{
    /// <summary>Before its first element.</summary>
    Pre,

    /// <summary>After its last element.</summary>
    Post,
}

/// <summary>Sequences of different lengths as one table.</summary>
public static class Padding
{
    /// <summary>Brings sequences to one length: short ones are padded, long ones are cut.</summary>
    /// <param name="sequences">Whole numbers, row by row; rows may have different lengths.</param>
    /// <param name="maxlen">The length of every row of the result; null is the length of the longest sequence.</param>
    /// <param name="padding">Where short sequences are padded; Keras's default is before.</param>
    /// <param name="truncating">Where long sequences are cut; Keras's default is before.</param>
    /// <param name="value">What short sequences are padded with.</param>
    /// <returns>int32 of shape (sequences, maxlen).</returns>
    /// <exception cref="ArgumentException">There is no sequence.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxlen"/> is less than 1.</exception>
    public static Tensor PadSequences(
        IReadOnlyList<IReadOnlyList<int>> sequences,
        int? maxlen = null,
        SequenceSide padding = SequenceSide.Pre,
        SequenceSide truncating = SequenceSide.Pre,
        int value = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count == 0)
            throw new ArgumentException("PadSequences needs at least one sequence, but got none.", nameof(sequences));
        var length = maxlen ?? sequences.Max(sequence => sequence.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(maxlen));

        var table = new int[sequences.Count, length];
        for (var row = 0; row < sequences.Count; row++)
        {
            var sequence = sequences[row];
            var kept = Math.Min(sequence.Count, length);
            var first = truncating == SequenceSide.Pre ? sequence.Count - kept : 0;
            var offset = padding == SequenceSide.Pre ? length - kept : 0;
            for (var column = 0; column < length; column++)
            {
                var position = column - offset;
                table[row, column] = position >= 0 && position < kept ? sequence[first + position] : value;
            }
        }

        return table;
    }
}
