using Functional.Core.Gradients;
using Functional.Core.Graph;
using Functional.Core.Losses;
using Functional.Core.Optimizers;
using Functional.Core.Tensors;
using Microsoft.FSharp.Collections;

namespace Functional.Benchmarks.Loops;

/// <summary>The computations that are measured, as layers, losses and optimizers write them.</summary>
internal static class Computations
{
    /// <summary>One step of Adam on all parameters at once.</summary>
    public static Computation Adam(int count)
    {
        var value = Ops.parameter("value", ShapeOf(count), ElementType.Float32);
        var momentum = Ops.variable("momentum", value.Shape, ElementType.Float32);
        var velocity = Ops.variable("velocity", value.Shape, ElementType.Float32);
        var context = new StepContext(Input("rate"), Ops.input("iteration", ShapeOf(), ElementType.Int32));
        var description = new ParameterDescription("value", ListModule.OfArray([count]), ElementType.Float32);
        var (changes, slots) = AdaptiveMoments.scaleByAdam(0.9, 0.999, 1e-7, isAmsgrad: false).Step
            .Invoke(context)
            .Invoke(ListModule.OfArray([momentum, velocity]))
            .Invoke(ListModule.OfArray([new Change(description, value, Input("gradient", count))]));
        return Make(
            [],
            [
                (momentum, slots[0]),
                (velocity, slots[1]),
                (value, value - (changes[0].Update * context.LearningRate)),
            ]);
    }

    /// <summary>silu(x * w + b), with a weight and a bias per column.</summary>
    public static Computation Silu(int rows, int columns)
    {
        var z = (Input("x", rows, columns) * Input("w", columns)) + Input("b", columns);
        return Make([("y", z * Ops.sigmoid(z))], []);
    }

    /// <summary>The softmax of every row.</summary>
    public static Computation Softmax(int rows, int columns) =>
        Make([("y", Ops.softmax(-1, Input("x", rows, columns)))], []);

    /// <summary>Layer normalization of every row as the layer computes it, and its whole gradient.</summary>
    public static Computation LayerNormalization(int rows, int columns)
    {
        var (x, gamma, beta) = (Input("x", rows, columns), Input("gamma", columns), Input("beta", columns));
        var axes = ListModule.OfArray([-1]);
        var inverse = Ops.rsqrt(Ops.variance(axes, true, x) + 1e-3);
        var y = ((x - Ops.mean(axes, true, x)) * (inverse * gamma)) + beta;
        var gradients = Gradients(y * Input("upstream", rows, columns), x, gamma, beta);
        return Make([("y", y), ("dx", gradients[0]), ("dgamma", gradients[1]), ("dbeta", gradients[2])], []);
    }

    /// <summary>The mean sparse cross-entropy from logits, and its gradient.</summary>
    public static Computation SparseCrossentropy(int rows, int columns)
    {
        var logits = Input("logits", rows, columns);
        var losses = Crossentropies.sparseCategoricalCrossentropy(
            null, isLogits: true, Ops.input("labels", ShapeOf(rows), ElementType.Int32), logits);
        var mean = losses / rows;
        return Make([("losses", losses), ("gradient", Gradients(mean, logits)[0])], []);
    }

    private static FSharpList<Node> Gradients(Node value, params Node[] with) =>
        Gradient.gradients(Ops.sum(Ops.allAxes(value), false, value), ListModule.OfArray(with));

    private static Node Input(string name, params int[] lengths) =>
        Ops.input(name, ShapeOf(lengths), ElementType.Float32);

    private static Shape ShapeOf(params int[] lengths) => ShapeModule.ofInts(lengths);

    private static Computation Make((string, Node)[] results, (Node, Node)[] updates) => new(
        ListModule.OfSeq(results.Select(result => result.ToTuple())),
        ListModule.OfSeq(updates.Select(update => update.ToTuple())));
}
