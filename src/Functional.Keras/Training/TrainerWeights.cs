using System.Collections.Immutable;
using System.Diagnostics;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <content>The exchange of weights between a training and the store of its model.</content>
internal sealed partial class Trainer
{
    // Copying the weights of a small model costs more than many of its steps: epochs publish at most this often.
    private static readonly TimeSpan PublishingPause = TimeSpan.FromMilliseconds(0.5);

    private ImmutableDictionary<WeightKey, HostTensor>? seen;
    private HostTensor[] exchanged = [];
    private WeightTable? published;
    private long rewrites;
    private long lastPublished;
    private bool isAhead;

    /// <summary>Publishes the weights of an epoch, unless those of the last one are hardly older.</summary>
    internal void PublishEpoch()
    {
        if (Stopwatch.GetElapsedTime(lastPublished) >= PublishingPause)
            Publish();
    }

    /// <summary>Puts the weights into the store of the model when they are newer than those there.</summary>
    public void Publish()
    {
        using (gate.Enter())
            PublishInside();
    }

    public void TryPublish()
    {
        // Who predicts beside a fit is content with the last epoch: each prediction would cost the fit a copy of the weights.
        if (turn.IsOthers || !gate.TryEnter(out var passage))
            return;
        using (passage)
            PublishInside();
    }

    private void PublishInside()
    {
        if (!isAhead || current is null)
            return;
        isAhead = false;
        lastPublished = Stopwatch.GetTimestamp();
        Structure.Store.RemovePublisher(this);
        WeightTable? next;
        do
        {
            // What somebody put in the place of weights stays.
            TakeReplaced();

            // As a rule nobody read what was published last: then its memory serves again.
            next = Rewrite() ?? PublishNew();
        }
        while (next is null);
        published = next;
        seen = next.Values;
    }

    private WeightTable? Rewrite()
    {
        var next = published is null ? null : Structure.Store.TryRewrite(published, ReadTrained);
        if (next is not null)
            rewrites++;
        return next;
    }

    private void ReadTrained(ImmutableDictionary<WeightKey, HostTensor> table)
    {
        var keys = Structure.Keys;
        for (var index = 0; index < keys.Length; index++)
        {
            if (compilation.IsTrained(keys[index].Layer))
                Current.ReadWeight(index, table[keys[index]]);
        }
    }

    private WeightTable? PublishNew()
    {
        // Weights of layers that are not trained stay as they are: another model may train them meanwhile.
        var keys = Structure.Keys;
        var values = exchanged.ToArray();
        for (var index = 0; index < keys.Length; index++)
        {
            if (compilation.IsTrained(keys[index].Layer))
                values[index] = Current.ReadWeight(index);
        }

        var next = Structure.Store.TrySet(
            seen!, keys.Index().Where(key => compilation.IsTrained(key.Item.Layer))
                .Select(key => KeyValuePair.Create(key.Item, values[key.Index])));
        if (next is not null)
            exchanged = values;
        return next;
    }

    /// <summary>Takes over weights that somebody replaced since the last exchange.</summary>
    private void TakeWeights()
    {
        Structure.Store.TryPublishPending(exceptFor: this);
        TakeReplaced();
    }

    private void TakeReplaced()
    {
        if (!Structure.Store.IsPresent(seen))
            TakeChanges();
    }

    private void TakeChanges()
    {
        var keys = Structure.Keys;
        var table = Structure.Store.Initialize(keys, out var unseen);
        published = unseen;
        for (var index = 0; index < keys.Length; index++)
        {
            var given = table[keys[index]];
            if (ReferenceEquals(given, exchanged[index]))
                continue;
            var value = HostTensorConversion.CastFloating(given, Structure.ElementType);
            Current.SetWeight(index, value);
            exchanged[index] = given;
            if (!ReferenceEquals(value, given))
                published = null;
        }

        seen = table;
    }
}
