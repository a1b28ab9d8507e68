using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <content>Cells, layers and models taken along time.</content>
public static partial class Layers
{
    /// <summary>Takes a cell along time.</summary>
    /// <param name="cell">The cell: <c>LSTMCell(8)</c>, <c>StackedRNNCells([...])</c>, or one of your own from <see
    /// cref="Cell"/>.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are given, not only the last one.</param>
    /// <param name="returnState">Whether the last states are given besides the output: <c>var (y, state) =
    /// layer(x);</c></param>
    /// <param name="goBackwards">Whether time goes backwards; the outputs are then in the order they were made.</param>
    /// <param name="stateful">Whether a batch begins with the states that the batch before ended with; the batch size
    /// is then fixed.</param>
    /// <param name="unroll">A hint, which changes nothing: how steps are carried out is the compiler's choice.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is 0, instead of the output before
    /// it.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, time, ...) to the cell's output, or to (batch, time, ...) with returnSequences.
    /// Inputs after the sequence are the states to begin with. Masked steps change nothing. Weights: the cell's.
    /// Source: keras/src/layers/rnn/rnn.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer RNN(
        Cell cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        Shape? inputShape = null)
    {
        ArgumentNullException.ThrowIfNull(cell);
        JsonObject config = new()
        {
            ["return_sequences"] = returnSequences,
            ["return_state"] = returnState,
            ["go_backwards"] = goBackwards,
            ["stateful"] = stateful,
            ["unroll"] = unroll,
            ["zero_output_for_mask"] = zeroOutputForMask,
        };
        return LayerInstance.Create(RecurrentInterop.RNN(name, config, cell.Core), inputShape);
    }

    /// <summary>A layer along time forwards and another backwards, their outputs put together.</summary>
    /// <param name="layer">The forward layer: <c>LSTM(8)</c>. Copies of it are used, with weights of their own.</param>
    /// <param name="mergeMode">"concat", "sum", "mul" or "ave"; null gives both outputs:
    /// <c>var (forward, backward) = layer(x);</c></param>
    /// <param name="backwardLayer">The backward layer, which has goBackwards; null is the forward one the other way
    /// round.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, time, n) to what the merge of both outputs has. Inputs after the sequence are the
    /// states to begin with, those of the forward layer first; so are states among the results. Weights: the forward
    /// layer's, then the backward layer's. Source: keras/src/layers/rnn/bidirectional.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Bidirectional(
        Layer layer,
        string? mergeMode = "concat",
        Layer? backwardLayer = null,
        string? name = null,
        Shape? inputShape = null) =>
        LayerInstance.Create(
            RecurrentInterop.Bidirectional(
                name, mergeMode, LayerInstance.Of(layer).Inner, backwardLayer is null ? null : LayerInstance.Of(backwardLayer).Inner),
            inputShape);

    /// <summary>A layer or model at every step of a sequence.</summary>
    /// <param name="layer">The layer, or model. It gets weights of its own, which begin as those of the layer are when
    /// that was called before.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="inputShape">The shape of one sample, for the first layer of a Sequential model.</param>
    /// <remarks><i>Shapes</i>: (batch, time, ...) to (batch, time, ...) with what the layer makes of (batch, ...). Passes
    /// the mask on. Weights: the layer's. Source: keras/src/layers/rnn/time_distributed.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer TimeDistributed(Layer layer, string? name = null, Shape? inputShape = null)
    {
        var inner = LayerInstance.Of(layer);
        if (inner.IsConnected)
            return LayerInstance.Create(RecurrentInterop.TimeDistributed(name, inner.Inner), inputShape, inner);
        return LayerInstance.CreateLater(
            "TimeDistributed",
            name,
            sequences =>
            {
                inner.ConnectTo([.. SymbolicTensors.OfEach(sequences).Select(sequence => InputLike(sequence, 2).Core)]);
                return RecurrentInterop.TimeDistributed(name, inner.Inner);
            },
            inputShape,
            origin: inner).Delegate;
    }
}
