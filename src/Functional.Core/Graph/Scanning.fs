namespace Functional.Core.Graph

open System.Collections.Generic
open Functional.Core.Tensors

/// Loops over a leading axis. Their gradients are loops again, and their bodies compile to plans of their own.
[<RequireQualifiedAccess>]
module Scanning =

    let mutable private nameCount = 0L

    /// A leaf like no other. Bodies number their inputs, so that its name is seen only while a body is written.
    let private placeholder (shape: Shape) (elementType: ElementType) : Node =
        let number = System.Threading.Interlocked.Increment(&nameCount)
        Ops.input $"scan {number}" shape elementType

    /// Whether a value that no step changes is looked at inside the body instead of being made before the loop: a view of
    /// memory costs nothing there. A reshape of another view may need a copy.
    let private isLookedAtInside (node: Node) : bool =
        match node.Operation with
        | Operation.Broadcast _
        | Operation.Transpose _
        | Operation.Slice _ -> true
        | Operation.Reshape _ ->
            match node.Inputs[0].Operation with
            | Operation.Broadcast _
            | Operation.Transpose _
            | Operation.Slice _ -> false
            | _ -> true
        | _ -> false

    /// The values outside the loop that its steps read: what depends on no placeholder but on some other leaf.
    let private invariants (placeholders: HashSet<Node>) (outputs: Node list) : Node list =
        let order = Graph.topological (fun _ -> false) outputs
        let changing = HashSet<Node>(HashIdentity.Reference)
        let ofLeaves = HashSet<Node>(HashIdentity.Reference)

        for node in order do
            if placeholders.Contains node || Seq.exists changing.Contains node.Inputs then
                changing.Add node |> ignore
            elif node.Operation.IsLeaf || Seq.exists ofLeaves.Contains node.Inputs then
                ofLeaves.Add node |> ignore

        let needed = HashSet<Node>(outputs, HashIdentity.Reference)

        [
            for index in order.Count - 1 .. -1 .. 0 do
                let node = order[index]

                if needed.Contains node then
                    if ofLeaves.Contains node && not (isLookedAtInside node) then
                        yield node
                    else
                        needed.UnionWith node.Inputs
        ]
        |> List.rev

    /// Every result of a scan over these inputs.
    let internal results (scan: Scan) (inputs: Node list) : Node list =
        let inputs = Array.ofList inputs

        [
            for result in 0 .. scan.Body.Outputs.Length - 1 -> Node.Create(Operation.Scan(scan, result), inputs)
        ]

    /// A sequence whose leading axis has a length, or may turn out to have it.
    let private ofLength (length: Dimension) (sequence: Node) : Node =
        if
            Shape.rank sequence.Shape > 0
            && Dimension.mayEqual (Shape.dimension 0 sequence.Shape) length
        then
            Ops.broadcastTo (Shape.withDimension 0 length sequence.Shape) sequence
        else
            invalidArg
                "sequences"
                $"A scan of length {length} needs sequences whose leading axis has this length, but one has shape {sequence.Shape}."

    /// A loop of a length: from carries and one position of every sequence a step makes the next carries (of the same
    /// shapes and types) and outputs. Gives the last carries, and each output with the positions of the loop as its
    /// leading axis. A reversed loop starts at the last position. A step may use any other value as it stands: it is
    /// the same at every position. Raises ArgumentException when shapes do not fit.
    let scanOver
        (length: Dimension)
        (isReversed: bool)
        (carries: Node list)
        (sequences: Node list)
        (step: Node list -> Node list -> Node list * Node list)
        : Node list * Node list =
        let sequences = sequences |> List.map (ofLength length)

        let carried =
            carries |> List.map (fun carry -> placeholder carry.Shape carry.ElementType)

        let current =
            sequences
            |> List.map (fun sequence -> placeholder (Shape.remove [ 0 ] sequence.Shape) sequence.ElementType)

        let next, outputs = step carried current

        if List.length next <> carries.Length then
            invalidArg
                (nameof step)
                $"A scan with {carries.Length} carries needs a step that gives as many next carries, but it gives {List.length next}."

        List.zip carries next
        |> List.iteri (fun position (before, after) ->
            if before.Shape <> after.Shape || before.ElementType <> after.ElementType then
                invalidArg
                    (nameof step)
                    $"Carry {position} of a scan is {ElementType.name before.ElementType} of shape {before.Shape}, but the step makes it {ElementType.name after.ElementType} of shape {after.Shape}.")

        if Dimension.isKnown 0 length && outputs.IsEmpty then
            carries, []
        else
            let placeholders = HashSet<Node>(carried @ current, HashIdentity.Reference)
            let found = invariants placeholders (next @ outputs)
            // Equal values outside are one input.
            let representatives = (Graph.create found).Outputs
            let others = representatives |> Seq.distinct |> List.ofSeq
            let numbers = Dictionary<Node, int>(HashIdentity.Reference)

            let used =
                let reached =
                    HashSet<Node>(Graph.topological (fun _ -> false) (next @ outputs), HashIdentity.Reference)

                List.zip sequences current
                |> List.filter (fun (_, placeholder) -> reached.Contains placeholder)

            List.iteri (fun number node -> numbers[node] <- number) (carried @ List.map snd used @ others)

            for node, representative in Seq.zip found representatives do
                numbers[node] <- numbers[representative]

            let tryInput node =
                match numbers.TryGetValue node with
                | true, number -> Some number
                | false, _ -> None

            let scan = {
                Length = length
                IsReversed = isReversed
                CarryCount = carries.Length
                SequenceCount = used.Length
                Body = Bodies.ofNodes tryInput (next @ outputs)
            }

            results scan (carries @ List.map fst used @ others)
            |> List.splitAt carries.Length

    /// A loop over the leading axis of sequences, of which there is at least one; see scanOver.
    let scan
        (isReversed: bool)
        (carries: Node list)
        (sequences: Node list)
        (step: Node list -> Node list -> Node list * Node list)
        : Node list * Node list =
        match sequences with
        | first :: _ when Shape.rank first.Shape > 0 ->
            scanOver (Shape.dimension 0 first.Shape) isReversed carries sequences step
        | first :: _ -> invalidArg (nameof sequences) $"A scan needs a leading axis, but the shape is {first.Shape}."
        | [] -> invalidArg (nameof sequences) "A scan without sequences needs a length: use scanOver."
