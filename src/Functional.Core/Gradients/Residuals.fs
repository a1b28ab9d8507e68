namespace Functional.Core.Gradients

open System.Collections.Generic
open Functional.Core.Graph

/// What a loop's steps leave for the way back.
[<RequireQualifiedAccess>]
module internal Residuals =

    /// Costs less to compute again than to keep, once its inputs are there.
    let private isCheap (node: Node) : bool =
        match node.Operation with
        | Operation.Unary(UnaryFunction.Negate | UnaryFunction.Abs | UnaryFunction.Sign | UnaryFunction.Not)
        | Operation.Binary(BinaryFunction.Add | BinaryFunction.Subtract | BinaryFunction.Multiply | BinaryFunction.Maximum | BinaryFunction.Minimum | BinaryFunction.And | BinaryFunction.Or)
        | Operation.Compare _
        | Operation.Select
        | Operation.Slice _
        | Operation.Reverse _ -> true
        | _ -> false

    /// The same numbers as its input, or fewer bytes in it.
    let private isAnotherView (node: Node) : bool =
        match node.Operation with
        | Operation.Broadcast _
        | Operation.Reshape _
        | Operation.Transpose _
        | Operation.StopGradient
        | Operation.Cast _ -> true
        | _ -> false

    /// Which values of a body to keep, so that the wanted ones can be computed from them, from the body's sequences and
    /// from what no step changes. The nodes are the body's steps in order.
    let choose (scan: Scan) (nodes: Node array) (wanted: HashSet<Node>) : Node list =
        let changing = HashSet<Node>(HashIdentity.Reference)
        let available = HashSet<Node>(HashIdentity.Reference)
        let kept = List<Node>()

        for node, step in Seq.zip nodes scan.Body.Steps do
            match BodyStep.tryInput step with
            | Some number when number < scan.CarryCount -> changing.Add node |> ignore
            | Some number when number < scan.CarryCount + scan.SequenceCount ->
                changing.Add node |> ignore
                available.Add node |> ignore
            | Some _ -> available.Add node |> ignore
            | None when Seq.exists changing.Contains node.Inputs -> changing.Add node |> ignore
            | None -> available.Add node |> ignore

        let rec need (node: Node) =
            if not (available.Contains node) then
                if isAnotherView node then
                    Seq.iter need node.Inputs
                elif not (isCheap node && Seq.forall available.Contains node.Inputs) then
                    kept.Add node

                available.Add node |> ignore

        for node in nodes do
            if wanted.Contains node then
                need node

        List.ofSeq kept
