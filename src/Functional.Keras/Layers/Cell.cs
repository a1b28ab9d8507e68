using System.Text.Json.Nodes;
using Functional.Runtime.Interop;
using CoreCell = Functional.Core.Layers.Cell;
using CoreTensor = Functional.Core.Layers.SymbolicTensor;

namespace Functional.Keras;

/// <summary>
/// One step of a layer along time: input and states become output and next states. <see cref="Layers.RNN"/> takes a cell
/// along a sequence.
/// </summary>
public sealed class Cell
{
    internal Cell(CoreCell core) => Core = core;

    /// <summary>Keras's class name: "LSTMCell".</summary>
    public string ClassName => RecurrentInterop.ClassName(Core);

    /// <summary>Its arguments under Keras's names.</summary>
    public JsonObject Config => RecurrentInterop.Config(Core);

    internal CoreCell Core { get; }

    /// <summary>A cell of one's own: any layers between a step's input and states, and its output and next states.</summary>
    /// <param name="stateSizes">The length of each state.</param>
    /// <param name="step">From the input of a step (batch, ...) and the states, each (batch, size), to the output and the
    /// next states. It is called when the layer's input shape is known; the layers that it makes are the cell's.</param>
    /// <param name="name">A name; null is "cell".</param>
    /// <returns>The cell. A model with it can keep its weights in files, but its description cannot be loaded.</returns>
    /// <example>
    /// <code>
    /// var cell = Cell.Create([32], (x, states) =>
    /// {
    ///     var next = Concatenate()(x, states[0]) | Dense(32, "tanh");
    ///     return (next, next);
    /// });
    /// var y = x | RNN(cell);
    /// </code>
    /// </example>
    public static Cell Create(
        IReadOnlyList<int> stateSizes,
        Func<SymbolicTensor, SymbolicTensors, (SymbolicTensor Output, SymbolicTensors States)> step,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(stateSizes);
        ArgumentNullException.ThrowIfNull(step);
        CoreTensor[] Step(CoreTensor input, CoreTensor[] states)
        {
            var given = SymbolicTensors.Create([.. states.Select(state => new SymbolicTensor([state], 0))]);
            var (output, next) = step(new SymbolicTensor([input], 0), given);
            return [output.Core, .. next.ToCore()];
        }

        return new Cell(RecurrentInterop.FunctionCell(name, [.. stateSizes], Step));
    }

    /// <summary>"LSTMCell".</summary>
    /// <returns>The class name.</returns>
    public override string ToString() => ClassName;

    internal static Cell Create(string className, string? name, JsonObject config) =>
        new(RecurrentInterop.Cell(className, name, config));
}
