namespace Functional.Compiler.Passes.Laws

open Functional.Core.Graph
open Functional.Core.Tensors

/// What flows back through a maximum pool has the pool's input for its size, which is large, and the pool's result for its
/// content, which is small.
[<RequireQualifiedAccess>]
module Pools =

    let private (|Scattered|_|) (node: Node) =
        match node.Operation with
        | Operation.SelectAndScatter window -> Some(window, node.Inputs[0], node.Inputs[1])
        | _ -> None

    /// Whether a condition says where a value is above zero: of the value itself, or of what it is the rectifier of.
    let private isSignOf (value: Node) (condition: Node) : bool =
        match condition with
        | AboveZero x ->
            isSame x value
            || match value with
               | Rectified y -> isSame x y
               | _ -> false
        | _ -> false

    /// The value of a maximum is the pool's result: whether it is above zero can be asked there, once per window.
    let private masked (node: Node) : Node option =
        match node.Operation with
        | Operation.Select ->
            match node.Inputs[1], node.Inputs[2] with
            | Scattered(window, input, upstream), Number 0.0 when isSignOf input node.Inputs[0] ->
                let maximum = WindowOps.maxPool window input
                let zeros = Uniform.like maximum 0.0
                let kept = Ops.select (Ops.greater maximum zeros) upstream zeros

                Some(Node.Create(Operation.SelectAndScatter window, input, kept))
            | _ -> None
        | _ -> None

    /// Every window has an element of the input, where what it was given goes.
    let private isComplete (window: PoolWindow) : bool =
        List.forall2
            (fun size (low, high) ->
                match Dimension.tryKnown low, Dimension.tryKnown high with
                | Some low, Some high -> low < size && high < size
                | _ -> false)
            window.Size
            window.Padding

    let private summed (node: Node) : Node option =
        match node.Operation with
        | Operation.Reduce(Reduction.Sum, axes) ->
            match node.Inputs[0] with
            | Scattered(window, _, upstream) when
                isComplete window
                && List.forall (fun axis -> List.contains axis axes) [ 1 .. window.Size.Length ]
                ->
                Some(Node.Create(node.Operation, upstream))
            | _ -> None
        | _ -> None

    /// The laws of pools.
    let laws: Law list = [
        {
            Name = "a mask of what a maximum pool scatters = what it scatters of a mask"
            Apply = masked
        }
        {
            Name = "a sum over what a maximum pool scatters = the sum of what it was given"
            Apply = summed
        }
    ]
