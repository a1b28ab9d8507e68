namespace Functional.Core.Gradients

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// What flows back through a loop: a loop in the other direction, which carries the gradients of the carries and the sums
/// of the gradients of what every step reads. The forward loop runs with more outputs: the values of its steps that the
/// way back needs.
[<RequireQualifiedAccess>]
module internal ScanPullback =

    /// From outputs with their gradients to the gradients of other values.
    type private FlowBack = (Node * Node) list -> Node list -> Node option list

    let private zeros (node: Node) : Node =
        Ops.broadcastTo node.Shape (node.Number 0.0)

    let private isFloating (node: Node) : bool = ElementType.isFloating node.ElementType

    /// The positions on which a rule holds, when it may hold on more the more there are.
    let rec private closure (grow: Set<int> -> Set<int>) (positions: Set<int>) : Set<int> =
        let next = Set.union positions (grow positions)
        if next = positions then positions else closure grow next

    /// The body of the way back, on the nodes of the forward body and leaves for what flows in.
    [<NoEquality; NoComparison>]
    type private BackwardBody = {
        /// The floating carries that something flows back to, with the leaves of their next values' gradients.
        Carries: (int * Node) list
        /// The outputs that something flows in from, with the leaves of their gradients.
        Outputs: (int * Node) list
        /// What one step gives to the inputs, where it gives anything.
        Gradients: (int * Node) list
    }

    let private differentiate
        (flowBack: FlowBack)
        (scan: Scan)
        (nodes: Node array)
        (isWanted: int -> bool)
        (results: int list)
        : BackwardBody =
        let outputs = Array.ofList (Bodies.outputs scan.Body nodes)

        let leaves =
            Array.zip nodes (Array.ofList scan.Body.Steps)
            |> Array.choose (fun (node, step) ->
                BodyStep.tryInput step
                |> Option.filter (fun _ -> isFloating node)
                |> Option.map (fun number -> number, node))
            |> List.ofArray

        let leaf =
            outputs
            |> Array.mapi (fun position output -> Ops.input $"gradient {position}" output.Shape output.ElementType)

        let isCarry position = position < scan.CarryCount

        // A carry matters when a step passes it on to something that matters.
        let relevant =
            let reached (carries: Set<int>) =
                let targets = [
                    for number, node in leaves do
                        if isWanted number || carries.Contains number then
                            node
                ]

                let found = HashSet<Node>(targets, HashIdentity.Reference)

                for node in nodes do
                    if Seq.exists found.Contains node.Inputs then
                        found.Add node |> ignore

                set [
                    for position in 0 .. scan.CarryCount - 1 do
                        if isFloating outputs[position] && found.Contains outputs[position] then
                            position
                ]

            set [
                for position in 0 .. scan.CarryCount - 1 do
                    if isWanted position && isFloating outputs[position] then
                        position
            ]
            |> closure reached

        let sources = results |> List.filter (isCarry >> not)

        let gradientsOf (carries: Set<int>) =
            let targets =
                leaves
                |> List.filter (fun (number, _) ->
                    if isCarry number then
                        relevant.Contains number
                    else
                        isWanted number)

            let seeds = [
                for position in List.ofSeq carries @ sources -> outputs[position], leaf[position]
            ]

            List.zip targets (flowBack seeds (List.map snd targets))
            |> List.choose (fun ((number, _), gradient) -> gradient |> Option.map (fun found -> number, found))

        let reachedBack carries =
            gradientsOf carries |> List.map fst |> List.filter isCarry |> Set.ofList

        let carries =
            results |> List.filter relevant.Contains |> Set.ofList |> closure reachedBack

        {
            Carries = [ for position in carries -> position, leaf[position] ]
            Outputs = [ for position in sources -> position, leaf[position] ]
            Gradients = gradientsOf carries
        }

    /// The values of the forward body that the gradients use.
    let private usedBy (gradients: Node list) (nodes: Node array) : HashSet<Node> =
        let forward = HashSet<Node>(nodes, HashIdentity.Reference)
        let used = HashSet<Node>(gradients, HashIdentity.Reference)

        for node in Graph.topological forward.Contains gradients do
            used.UnionWith node.Inputs

        used.IntersectWith forward
        used

    /// The gradient of every input of a loop, given those of its results by number. None where nothing flows back, or where
    /// it is not needed.
    let inputs
        (flowBack: FlowBack)
        (scan: Scan)
        (inputs: Node list)
        (isNeeded: Node -> bool)
        (upstreams: Map<int, Node>)
        : Node option list =
        let nodes = Bodies.nodes scan.Body
        let isWanted number = isNeeded inputs[number]
        let upstreamResults = List.ofSeq upstreams.Keys
        let body = differentiate flowBack scan nodes isWanted upstreamResults
        let gradients = Map.ofList body.Gradients
        let kept = Residuals.choose scan nodes (usedBy (List.map snd body.Gradients) nodes)

        // The same steps with more outputs: the compiler makes one loop of this one and the original.
        let keptPositions =
            kept
            |> List.map (fun node -> System.Array.FindIndex(nodes, fun other -> obj.ReferenceEquals(node, other)))

        let stacked = List.skip scan.CarryCount scan.Body.Outputs

        let added =
            keptPositions
            |> List.filter (fun position -> not (List.contains position stacked))

        let extended = {
            scan with
                Body = {
                    scan.Body with
                        Outputs = scan.Body.Outputs @ added
                }
        }

        let forward = Array.ofList (Scanning.results extended inputs)

        let residuals = [
            for position in keptPositions -> forward[scan.CarryCount + List.findIndex ((=) position) (stacked @ added)]
        ]

        let sequenceEnd = scan.CarryCount + scan.SequenceCount

        let sequenceInputs =
            inputs |> List.skip scan.CarryCount |> List.take scan.SequenceCount

        // What every step reads gets the sum of what the steps give.
        let summed =
            body.Gradients |> List.filter (fun (number, _) -> number >= sequenceEnd)

        let toSequences =
            body.Gradients
            |> List.filter (fun (number, _) -> number >= scan.CarryCount && number < sequenceEnd)

        let firstCarries =
            [
                for position, leaf in body.Carries -> Map.tryFind position upstreams |> Option.defaultValue (zeros leaf)
            ]
            @ [ for number, _ in summed -> zeros inputs[number] ]

        let sequences =
            [ for position, _ in body.Outputs -> upstreams[position] ]
            @ sequenceInputs
            @ residuals

        let step (carries: Node list) (current: Node list) =
            let upstreamCarries, sums = List.splitAt body.Carries.Length carries
            let upstreamOutputs, values = List.splitAt body.Outputs.Length current
            let sequenceValues, residualValues = List.splitAt scan.SequenceCount values
            let replacements = Dictionary<Node, Node>(HashIdentity.Reference)

            for (_, leaf), value in List.zip (body.Carries @ body.Outputs) (upstreamCarries @ upstreamOutputs) do
                replacements[leaf] <- value

            for node, step in Seq.zip nodes scan.Body.Steps do
                match BodyStep.tryInput step with
                | Some number when number >= sequenceEnd -> replacements[node] <- inputs[number]
                | Some number when number >= scan.CarryCount ->
                    replacements[node] <- sequenceValues[number - scan.CarryCount]
                | _ -> ()

            for node, value in List.zip kept residualValues do
                replacements[node] <- value

            let rebuilt =
                List.zip (List.map fst body.Gradients) (Bodies.substitute replacements (List.map snd body.Gradients))
                |> Map.ofList

            let nextCarries = [
                for position, leaf in body.Carries -> Map.tryFind position rebuilt |> Option.defaultValue (zeros leaf)
            ]

            let nextSums = List.map2 (fun sum (number, _) -> sum + rebuilt[number]) sums summed
            nextCarries @ nextSums, [ for number, _ in toSequences -> rebuilt[number] ]

        if gradients.IsEmpty && body.Carries.IsEmpty then
            inputs |> List.map (fun _ -> None)
        else
            let last, stacks =
                Scanning.scanOver scan.Length (not scan.IsReversed) firstCarries sequences step

            let found =
                List.zip (List.map fst body.Carries @ List.map fst summed @ List.map fst toSequences) (last @ stacks)
                |> Map.ofList

            [ for number in 0 .. inputs.Length - 1 -> Map.tryFind number found ]
