namespace Functional.Compiler.Passes.Laws

open Functional.Core.Graph
open Functional.Core.Tensors

/// Reshapes, transposes, broadcasts, slices, pads and concatenations.
[<RequireQualifiedAccess>]
module Movements =

    let private isMovement (operation: Operation) =
        match operation with
        | Operation.Broadcast _
        | Operation.Reshape _
        | Operation.Transpose _
        | Operation.Slice _
        | Operation.Reverse _
        | Operation.StopGradient -> true
        | _ -> false

    /// stopGradient(x) = x, once gradients are taken.
    let stopGradient (node: Node) : Node option =
        match node.Operation with
        | Operation.StopGradient -> Some node.Inputs[0]
        | _ -> None

    /// A constant of equal values, however it is moved, is one number that is stretched.
    let uniformValue (node: Node) : Node option =
        match node.Operation with
        | operation when isMovement operation || operation.IsConstant ->
            if Uniform.isCanonical node then
                None
            else
                Uniform.tryValue node |> Option.map (Uniform.like node)
        | _ -> None

    /// A movement that changes nothing is its input.
    let nothingMoved (node: Node) : Node option =
        let isNothing =
            match node.Operation with
            | Operation.Broadcast _
            | Operation.Reshape _
            | Operation.Pad _
            | Operation.Slice _ when node.Inputs[0].Shape = node.Shape ->
                match node.Operation with
                | Operation.Pad(axes, _) ->
                    axes
                    |> List.forall (fun axis ->
                        Dimension.isKnown 0 axis.Low
                        && Dimension.isKnown 0 axis.High
                        && axis.Interior = 0)
                | _ -> true
            | Operation.Transpose permutation -> permutation = List.sort permutation
            | Operation.Reverse axes ->
                axes
                |> List.forall (fun axis -> Dimension.isKnown 1 (Shape.dimension axis node.Shape))
            | Operation.Concatenate _ -> node.Inputs.Length = 1
            | _ -> false

        if isNothing then Some node.Inputs[0] else None

    /// reshape(reshape(x)) = reshape(x).
    let reshapeOfReshape (node: Node) : Node option =
        match node.Operation, node.Inputs with
        | Operation.Reshape shape, inputs ->
            match inputs[0].Operation with
            | Operation.Reshape _ -> Some(Ops.reshape shape inputs[0].Inputs[0])
            | _ -> None
        | _ -> None

    /// broadcast(broadcast(x)) = broadcast(x).
    let broadcastOfBroadcast (node: Node) : Node option =
        match node.Operation with
        | Operation.Broadcast shape ->
            match node.Inputs[0].Operation with
            | Operation.Broadcast _ -> Some(Ops.broadcastTo shape node.Inputs[0].Inputs[0])
            | _ -> None
        | _ -> None

    /// broadcast(reshape(x)) = broadcast(x) where the reshape only adds leading axes of length 1.
    let broadcastOfLeadingOnes (node: Node) : Node option =
        match node.Operation with
        | Operation.Broadcast shape ->
            match node.Inputs[0].Operation with
            | Operation.Reshape target ->
                let before = Shape.dimensions node.Inputs[0].Inputs[0].Shape
                let after = Shape.dimensions target
                let added = after.Length - before.Length

                if
                    added > 0
                    && List.skip added after = before
                    && List.forall (Dimension.isKnown 1) (List.take added after)
                then
                    Some(Ops.broadcastTo shape node.Inputs[0].Inputs[0])
                else
                    None
            | _ -> None
        | _ -> None

    /// transpose(transpose(x)) is one transpose.
    let transposeOfTranspose (node: Node) : Node option =
        match node.Operation with
        | Operation.Transpose outer ->
            match node.Inputs[0].Operation with
            | Operation.Transpose inner ->
                let both = outer |> List.map (fun axis -> inner[axis])
                Some(Ops.transpose both node.Inputs[0].Inputs[0])
            | _ -> None
        | _ -> None

    /// A transpose that moves axes of length 1 only is a reshape.
    let transposeOfOnes (node: Node) : Node option =
        match node.Operation with
        | Operation.Transpose permutation ->
            let moved =
                permutation
                |> List.filter (fun axis -> not (Dimension.isKnown 1 (Shape.dimension axis node.Inputs[0].Shape)))

            if moved = List.sort moved then
                Some(Node.Create(Operation.Reshape node.Shape, node.Inputs[0]))
            else
                None
        | _ -> None

    /// reverse(reverse(x)) over the same axes is x.
    let reverseOfReverse (node: Node) : Node option =
        match node.Operation with
        | Operation.Reverse outer ->
            match node.Inputs[0].Operation with
            | Operation.Reverse inner when List.sort inner = List.sort outer -> Some node.Inputs[0].Inputs[0]
            | _ -> None
        | _ -> None

    /// slice(slice(x)) is one slice.
    let sliceOfSlice (node: Node) : Node option =
        match node.Operation with
        | Operation.Slice outer ->
            match node.Inputs[0].Operation with
            | Operation.Slice inner ->
                let both =
                    List.zip3 outer inner (Shape.dimensions node.Shape)
                    |> List.map (fun (outer, inner, length) ->
                        let start = inner.Start + Dimension.known inner.Stride * outer.Start
                        let stride = inner.Stride * outer.Stride

                        {
                            Start = start
                            Stop =
                                start
                                + Dimension.known stride * (length - Dimension.known 1)
                                + Dimension.known 1
                            Stride = stride
                        })

                Some(Node.Create(Operation.Slice both, node.Inputs[0].Inputs[0]))
            | _ -> None
        | _ -> None

    /// A slice that takes from one part of a concatenation only is a slice of that part.
    let sliceOfConcatenation (node: Node) : Node option =
        match node.Operation with
        | Operation.Slice axes ->
            match node.Inputs[0].Operation with
            | Operation.Concatenate axis ->
                let parts = List.ofSeq node.Inputs[0].Inputs
                let lengths = parts |> List.map (fun part -> Shape.dimension axis part.Shape)
                let starts = List.scan (+) (Dimension.known 0) lengths

                let known dimension = Dimension.tryKnown dimension

                List.zip3 parts (List.take parts.Length starts) (List.tail starts)
                |> List.tryPick (fun (part, first, last) ->
                    match known axes[axis].Start, known axes[axis].Stop, known first, known last with
                    | Some start, Some stop, Some first, Some last when start >= first && stop <= last ->
                        let moved = {
                            axes[axis] with
                                Start = Dimension.known (start - first)
                                Stop = Dimension.known (stop - first)
                        }

                        Some(Ops.slice (List.updateAt axis moved axes) part)
                    | _ -> None)
            | _ -> None
        | _ -> None

    /// A concatenation of all consecutive slices of a value is the value.
    let concatenationOfSlices (node: Node) : Node option =
        match node.Operation with
        | Operation.Concatenate axis ->
            let first = node.Inputs[0]

            let source =
                match first.Operation with
                | Operation.Slice _ -> Some first.Inputs[0]
                | _ -> None

            let isPart position (start: Dimension) (part: Node) (source: Node) =
                match part.Operation with
                | Operation.Slice axes when isSame part.Inputs[0] source ->
                    axes
                    |> List.indexed
                    |> List.forall (fun (place, slice) ->
                        if place = position then
                            slice.Start = start && slice.Stride = 1
                        else
                            slice = Ops.wholeAxis (Shape.dimension place source.Shape))
                | _ -> false

            source
            |> Option.filter (fun source ->
                let lengths = [ for part in node.Inputs -> Shape.dimension axis part.Shape ]
                let starts = List.scan (+) (Dimension.known 0) lengths

                source.Shape = node.Shape
                && Seq.forall2
                    (fun start part -> isPart axis start part source)
                    (List.take lengths.Length starts)
                    node.Inputs)
        | _ -> None

    /// A function of transposed values is the transposed function of the values: products read transposed values where
    /// they lie, loops would have to copy them.
    let functionOfTransposed (node: Node) : Node option =
        let isElementwise =
            match node.Operation with
            | Operation.Unary _
            | Operation.Binary _
            | Operation.Compare _
            | Operation.Select
            | Operation.Cast _ -> true
            | _ -> false

        let permutations =
            node.Inputs
            |> Seq.filter (fun input -> Option.isNone (Uniform.tryValue input))
            |> Seq.map (fun input ->
                match input.Operation with
                | Operation.Transpose permutation -> Some permutation
                | _ -> None)
            |> Seq.distinct
            |> List.ofSeq

        match permutations with
        | [ Some permutation ] when isElementwise ->
            let source =
                node.Inputs |> Seq.find (fun input -> Option.isNone (Uniform.tryValue input))

            let inputs =
                node.Inputs
                |> Seq.map (fun input ->
                    match Uniform.tryValue input with
                    | Some value -> Uniform.create source.Inputs[0].Shape input.ElementType value
                    | None -> input.Inputs[0])
                |> Array.ofSeq

            Some(Node.Create(Operation.Transpose permutation, Node.Create(node.Operation, inputs)))
        | _ -> None

    /// Every law of this kind.
    let laws: Law list = [
        {
            Name = "stopGradient(x) = x"
            Apply = stopGradient
        }
        {
            Name = "a constant of equal values"
            Apply = uniformValue
        }
        {
            Name = "a movement of nothing"
            Apply = nothingMoved
        }
        {
            Name = "reshape of reshape"
            Apply = reshapeOfReshape
        }
        {
            Name = "broadcast of broadcast"
            Apply = broadcastOfBroadcast
        }
        {
            Name = "broadcast of leading ones"
            Apply = broadcastOfLeadingOnes
        }
        {
            Name = "transpose of transpose"
            Apply = transposeOfTranspose
        }
        {
            Name = "transpose of ones"
            Apply = transposeOfOnes
        }
        {
            Name = "reverse of reverse"
            Apply = reverseOfReverse
        }
        {
            Name = "slice of slice"
            Apply = sliceOfSlice
        }
        {
            Name = "slice of concatenation"
            Apply = sliceOfConcatenation
        }
        {
            Name = "concatenation of slices"
            Apply = concatenationOfSlices
        }
        {
            Name = "a function of transposed values"
            Apply = functionOfTransposed
        }
    ]
