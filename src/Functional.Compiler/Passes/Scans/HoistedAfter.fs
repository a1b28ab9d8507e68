namespace Functional.Compiler.Passes.Scans

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// What a loop's steps compute with a product only to give it out or to sum it up is computed after the loop for all
/// positions at once: the loop stacks the factors instead.
[<RequireQualifiedAccess>]
module internal HoistedAfter =

    /// The values of a loop's steps after the loop. Those that have to come out of the loop are leaves until it is built.
    type private After(loop: Loop, stays: HashSet<Node>) =
        let length = loop.Scan.Length

        let ofSequences =
            Loop.dependents loop (fun number -> number < Loop.sequenceEnd loop)

        let values = Dictionary<Node, Outside>(HashIdentity.Reference)
        let stacks = Dictionary<Node, Node>(HashIdentity.Reference)
        let heavy = HashSet<Node>(HashIdentity.Reference)
        let same = Dictionary<Node, Node>(HashIdentity.Reference)

        do
            for KeyValue(number, leaf) in loop.Leaves do
                if number >= Loop.sequenceEnd loop then
                    same[leaf] <- loop.Inputs[number]
                elif number >= loop.Scan.CarryCount then
                    values[leaf] <- Outside.Stacked loop.Inputs[number]

            for node in loop.Nodes do
                if
                    not (stays.Contains node)
                    && ofSequences.Contains node
                    && (Vectorizing.isHeavy node || Seq.exists heavy.Contains node.Inputs)
                then
                    heavy.Add node |> ignore

        let stack (node: Node) : Outside =
            match stacks.TryGetValue node with
            | true, leaf -> Outside.Stacked leaf
            | false, _ ->
                let shape = Shape.create (length :: Shape.dimensions node.Shape)
                let leaf = Ops.input $"stack {stacks.Count}" shape node.ElementType
                stacks[node] <- leaf
                Outside.Stacked leaf

        let rec valueOf (node: Node) : Outside =
            match values.TryGetValue node with
            | true, value -> value
            | false, _ ->
                let value =
                    if not (ofSequences.Contains node) then
                        Outside.Same(List.head (Bodies.substitute same [ node ]))
                    elif heavy.Contains node then
                        match Vectorizing.tryLift length node [ for input in node.Inputs -> valueOf input ] with
                        | Some lifted -> Outside.Stacked lifted
                        | None -> stack node
                    else
                        stack node

                values[node] <- value
                value

        let product transposeLeft transposeRight (left: Node) (right: Node) : Node =
            let rowsFirst isTransposed (node: Node) =
                let ordered =
                    if isTransposed then
                        node
                    else
                        Ops.transpose [ 0; 2; 1 ] node

                Vectorizing.flatten ordered

            Ops.matMulWith true false (rowsFirst transposeLeft left) (rowsFirst (not transposeRight) right)

        /// The sum of a node's values over all positions, where one operation or a few make it.
        let rec trySum (node: Node) : Node option =
            let both combine =
                match trySum node.Inputs[0], trySum node.Inputs[1] with
                | Some left, Some right -> Some(combine left right)
                | _ -> None

            if not (ofSequences.Contains node) || stays.Contains node then
                None
            else
                match node.Operation with
                | Operation.Binary BinaryFunction.Add -> both (fun left right -> left + right)
                | Operation.Binary BinaryFunction.Subtract -> both (fun left right -> left - right)
                | Operation.Unary UnaryFunction.Negate
                | Operation.Reshape _
                | Operation.Transpose _
                | Operation.Slice _
                | Operation.Pad(_, 0.0) ->
                    trySum node.Inputs[0]
                    |> Option.map (fun sum -> Node.Create(node.Operation, sum))
                | Operation.MatMul(transposeLeft, transposeRight) when Shape.rank node.Shape = 2 ->
                    match valueOf node.Inputs[0], valueOf node.Inputs[1] with
                    | Outside.Stacked left, Outside.Stacked right ->
                        Some(product transposeLeft transposeRight left right)
                    | Outside.Same left, _ ->
                        trySum node.Inputs[1]
                        |> Option.map (Ops.matMulWith transposeLeft transposeRight left)
                    | _, Outside.Same right ->
                        trySum node.Inputs[0]
                        |> Option.map (fun left -> Ops.matMulWith transposeLeft transposeRight left right)
                | Operation.Reduce(Reduction.Sum, axes) ->
                    let summed = node.Inputs[0]

                    // Memory for a sum alone is not worth it.
                    if stacks.ContainsKey summed || values.ContainsKey summed then
                        match valueOf summed with
                        | Outside.Stacked stacked -> Some(Ops.sum (0 :: List.map ((+) 1) axes) false stacked)
                        | Outside.Same _ -> None
                    else
                        trySum summed |> Option.map (Ops.sum axes false)
                | _ -> None

        member _.IsHeavy(node: Node) : bool = heavy.Contains node
        member _.ValueOf(node: Node) : Outside = valueOf node
        member _.TrySum(node: Node) : Node option = trySum node

        /// The nodes that these values need from the loop, with the leaves that stand for them.
        member _.StacksOf(found: Node list) : (Node * Node) list =
            let reached = Loop.below (fun _ -> false) found

            [
                for node in loop.Nodes do
                    match stacks.TryGetValue node with
                    | true, leaf when reached.Contains leaf -> node, leaf
                    | _ -> ()
            ]

    /// The carries that only sum something up, with what they sum.
    let private sums (loop: Loop) : (int * Node) list =
        let uses = Graph.useCounts loop.Nodes loop.Made

        [
            for number in 0 .. loop.Scan.CarryCount - 1 do
                match Map.tryFind number loop.Leaves, loop.Made[number] with
                | Some leaf, next when uses[leaf] = 1 && uses[next] = 1 ->
                    match next.Operation with
                    | Operation.Binary BinaryFunction.Add when ElementType.isFloating next.ElementType ->
                        if obj.ReferenceEquals(next.Inputs[0], leaf) then
                            number, next.Inputs[1]
                        elif obj.ReferenceEquals(next.Inputs[1], leaf) then
                            number, next.Inputs[0]
                    | _ -> ()
                | _ -> ()
        ]

    /// The results of the loop with less in its steps.
    let run (loop: Loop) : Map<int, Node> option =
        let scan = loop.Scan
        let sums = sums loop |> List.filter (fun (number, _) -> loop.Needed.Contains number)

        let isSum number = List.exists (fst >> (=) number) sums

        let results =
            loop.Needed
            |> Seq.filter (fun number -> number >= scan.CarryCount)
            |> List.ofSeq

        let others =
            loop.Needed
            |> Set.filter (fun number -> number < scan.CarryCount && not (isSum number))

        let roots = [
            for number in results -> loop.Made[number]
            for _, summed in sums -> summed
        ]

        let handedOn =
            Loop.carriesFor loop (fun _ -> false) others roots |> Set.filter (isSum >> not)

        let stays =
            Loop.below (fun _ -> false) [ for number in handedOn -> loop.Made[number] ]

        let after = After(loop, stays)

        let given =
            results
            |> List.filter (fun number -> after.IsHeavy loop.Made[number])
            |> List.map (fun number -> number, after.ValueOf loop.Made[number])
            |> List.choose (fun (number, value) ->
                match value with
                | Outside.Stacked node -> Some(number, node)
                | Outside.Same _ -> None)

        // Sums of products first: others can use what these stack.
        let summed =
            sums
            |> List.sortBy (fun (_, node) -> not (after.IsHeavy node))
            |> List.choose (fun (number, node) -> after.TrySum node |> Option.map (fun sum -> number, sum))

        if given.IsEmpty && summed.IsEmpty then
            None
        else
            let found = List.map snd (given @ summed)
            let stacks = after.StacksOf found

            let isFound number =
                List.exists (fst >> (=) number) (given @ summed)

            let kept = results |> List.filter (isFound >> not)

            let carries =
                Set.union handedOn (sums |> List.map fst |> List.filter (isFound >> not) |> Set.ofList)

            let last, outputs =
                Loop.rebuild loop carries [] ([ for number in kept -> loop.Made[number] ] @ List.map fst stacks)

            let keptOutputs, stackOutputs = List.splitAt kept.Length outputs
            let replacements = Dictionary<Node, Node>(HashIdentity.Reference)

            for (_, leaf), stack in List.zip stacks stackOutputs do
                replacements[leaf] <- stack

            let complete =
                List.zip (List.map fst (given @ summed)) (Bodies.substitute replacements found)
                |> List.map (fun (number, node) ->
                    number,
                    (if number < scan.CarryCount then
                         loop.Inputs[number] + node
                     else
                         node))

            Some(Map.ofList (Map.toList last @ List.zip kept keptOutputs @ complete))
