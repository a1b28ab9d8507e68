namespace Functional.Keras;

/// <summary>What can be done with sequences of batches, in the manner of tf.data.</summary>
public static class BatchSequence
{
    /// <summary>
    /// Makes batches ahead on another thread, so that reading, decoding and assembling them overlaps with the training on
    /// those before, as <c>tf.data.Dataset.prefetch</c> does.
    /// </summary>
    /// <remarks>
    /// The order stays. Every enumeration has a thread of its own, which starts with the first batch that is asked for; on it
    /// the sequence's enumerator is made, used and disposed of. What the enumerator raises is raised in the place of the
    /// batch. When an enumeration ends early, as a fit that is stopped or cancelled does, the thread ends after the batch
    /// that it makes. Inside of the enumerator models may predict; training, judging, compiling or saving the very model that
    /// waits for the batches raises InvalidOperationException.
    /// </remarks>
    /// <example>
    /// <code>
    /// IEnumerable&lt;Batch&gt; Pictures()
    /// {
    ///     foreach (var names in files.Chunk(64))
    ///         yield return new Batch(Decode(names), Labels(names));
    /// }
    ///
    /// model.Fit(Pictures().Prefetch(), epochs: 10);
    /// </code>
    /// </example>
    /// <param name="batches">The batches. A sequence that can be gone through again stays one.</param>
    /// <param name="bufferSize">How many batches may be ready before they are asked for; 1 or more.</param>
    /// <returns>The same batches.</returns>
    /// <exception cref="ArgumentNullException">There is no sequence.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The buffer has room for less than one batch.</exception>
    public static IEnumerable<Batch> Prefetch(this IEnumerable<Batch> batches, int bufferSize = 1)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (bufferSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(bufferSize),
                bufferSize,
                $"Prefetch makes at least 1 batch ahead, but 'bufferSize' is {bufferSize}. Leave Prefetch out to make none ahead.");
        }

        return new PrefetchedSequence<Batch>(batches, bufferSize);
    }
}
