namespace Functional.Keras;

/// <content>Cells, layers and models taken along time.</content>
public static partial class FluentLayers
{
    /// <summary>Takes a cell along time. Calls <see cref="Layers.RNN"/> on a tensor.</summary>
    /// <param name="input">The sequence.</param>
    /// <param name="cell">The cell.</param>
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
    /// <param name="initialState">The states to begin with; null is zeros.</param>
    /// <returns>The result; its siblings are the states.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor RNN(
        this SymbolicTensor input,
        Cell cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        SymbolicTensors? initialState = null) =>
        Layers.RNN(
            cell, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, name)(
            [input, .. initialState ?? []]);

    /// <summary>A layer along time forwards and another backwards. Calls <see cref="Layers.Bidirectional"/> on a
    /// tensor.</summary>
    /// <param name="input">The sequence.</param>
    /// <param name="layer">The forward layer.</param>
    /// <param name="mergeMode">"concat", "sum", "mul" or "ave"; null gives both outputs.</param>
    /// <param name="backwardLayer">The backward layer; null is the forward one the other way round.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="initialState">The states to begin with, those of the forward layer first; null is zeros.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor Bidirectional(
        this SymbolicTensor input,
        Layer layer,
        string? mergeMode = "concat",
        Layer? backwardLayer = null,
        string? name = null,
        SymbolicTensors? initialState = null) =>
        Layers.Bidirectional(layer, mergeMode, backwardLayer, name)([input, .. initialState ?? []]);

    /// <summary>A layer or model at every step of a sequence. Calls <see cref="Layers.TimeDistributed"/> on a
    /// tensor.</summary>
    /// <param name="input">The sequence.</param>
    /// <param name="layer">The layer, or model.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static SymbolicTensor TimeDistributed(this SymbolicTensor input, Layer layer, string? name = null) =>
        Layers.TimeDistributed(layer, name)(input);
}
