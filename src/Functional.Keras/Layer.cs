namespace Functional.Keras;

/// <summary>
/// A layer: called on symbolic tensors it gives one. Calling a layer twice shares its weights. A layer call that gives
/// several results gives the first, whose siblings are the others: <c>var (sequence, state) = layer(x);</c>
/// </summary>
/// <param name="inputs">What the layer is called on: <c>Dense(8)(x)</c>, <c>Concatenate()(x, y)</c> or
/// <c>Concatenate()([x, y])</c>.</param>
/// <returns>The result.</returns>
/// <exception cref="ArgumentException">The inputs do not fit the layer; the message says why.</exception>
public delegate SymbolicTensor Layer(params ReadOnlySpan<SymbolicTensor> inputs);
