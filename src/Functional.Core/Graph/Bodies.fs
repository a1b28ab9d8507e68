namespace Functional.Core.Graph

open System.Collections.Generic
open System.Collections.Immutable

/// Between nodes and the bodies of scans, which are graphs as values.
[<RequireQualifiedAccess>]
module Bodies =

    /// The node of every step, where nodes stand in the place of the inputs. Raises ArgumentException when one has another
    /// shape or type than the body says.
    let instantiate (input: int -> Node) (body: Body) : Node array =
        let nodes = Array.zeroCreate body.Steps.Length

        body.Steps
        |> List.iteri (fun position step ->
            nodes[position] <-
                match BodyStep.tryInput step with
                | Some number ->
                    let node = input number

                    if node.Shape <> step.Shape || node.ElementType <> step.ElementType then
                        invalidArg
                            (nameof input)
                            $"Input {number} of the body has shape {step.Shape}, but {node.Shape} was given."

                    node
                | None -> {
                    Node.Operation = step.Operation
                    Inputs =
                        step.Inputs
                        |> Seq.map (fun before -> nodes[before])
                        |> ImmutableArray.CreateRange
                    Shape = step.Shape
                    ElementType = step.ElementType
                  })

        nodes

    /// The node of every step, with the body's own leaves.
    let nodes (body: Body) : Node array =
        let leaves =
            body.Steps
            |> List.choose (fun step -> BodyStep.tryInput step |> Option.map (fun number -> number, step.Operation))
            |> Map.ofList

        instantiate (fun number -> Node.Create(leaves[number])) body

    /// The outputs of a body's instance.
    let outputs (body: Body) (nodes: Node array) : Node list =
        body.Outputs |> List.map (fun position -> nodes[position])

    /// The body as a graph with the leaves "0", "1", ...
    let toGraph (body: Body) : Graph =
        Graph.create (outputs body (nodes body))

    /// The body that computes these outputs. A function gives the numbers of the nodes that are its inputs; every leaf
    /// that an output needs is below one of them.
    let ofNodes (tryInput: Node -> int option) (outputs: Node list) : Body =
        let steps = List<BodyStep>()
        let positions = Dictionary<Node, int>(HashIdentity.Reference)
        let interned = Dictionary<struct (Operation * int64 * int list), int>()

        let add (node: Node) (operation: Operation) (inputs: int list) =
            let key = struct (operation, Graph.bits operation, inputs)

            match interned.TryGetValue key with
            | true, position -> positions[node] <- position
            | false, _ ->
                positions[node] <- steps.Count
                interned[key] <- steps.Count

                steps.Add {
                    Operation = operation
                    Inputs = inputs
                    Shape = node.Shape
                    ElementType = node.ElementType
                }

        let addInput (node: Node) =
            match tryInput node with
            | Some number when not (positions.ContainsKey node) ->
                add node (Operation.Leaf(LeafKind.Input, string number, node.Shape, node.ElementType)) []
            | _ -> ()

        let isInput (node: Node) = Option.isSome (tryInput node)

        for node in Graph.topological isInput outputs do
            Seq.iter addInput node.Inputs
            add node node.Operation [ for input in node.Inputs -> positions[input] ]

        List.iter addInput outputs

        {
            Steps = List.ofSeq steps
            Outputs = outputs |> List.map (fun output -> positions[output])
        }

    /// The nodes with others in the place of some. What does not change is not made anew.
    let substitute (replacements: IReadOnlyDictionary<Node, Node>) (nodes: Node list) : Node list =
        let rebuilt = Dictionary<Node, Node>(replacements, HashIdentity.Reference)

        for node in Graph.topological replacements.ContainsKey nodes do
            let inputs =
                node.Inputs
                |> Seq.map (fun input -> rebuilt[input])
                |> ImmutableArray.CreateRange

            rebuilt[node] <-
                if Seq.forall2 (fun a b -> obj.ReferenceEquals(a, b)) inputs node.Inputs then
                    node
                else
                    { node with Inputs = inputs }

        nodes |> List.map (fun node -> rebuilt[node])

    /// For every scan node of a graph the nodes that are results of the same loop, itself included, in the graph's order.
    let loops (graph: Graph) : IReadOnlyDictionary<Node, Node list> =
        let scans =
            graph.Nodes |> Seq.filter (fun node -> node.Operation.IsScan) |> List.ofSeq

        let result = Dictionary<Node, Node list>(HashIdentity.Reference)

        if not scans.IsEmpty then
            let ids = Graph.ids graph

            let key (node: Node) =
                match node.Operation with
                | Operation.Scan(scan, _) -> Some scan, [ for input in node.Inputs -> ids[input] ]
                | _ -> None, []

            for _, siblings in List.groupBy key scans do
                for node in siblings do
                    result[node] <- siblings

        result
