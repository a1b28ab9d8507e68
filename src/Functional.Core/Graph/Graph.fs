namespace Functional.Core.Graph

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Tensors

/// A computation as a value: nodes in an order in which each stands after its inputs, structurally equal nodes once, and
/// which of them are the results. A node's id is its position.
[<ReferenceEquality>]
type Graph = private {
    nodes: ImmutableArray<Node>
    outputs: ImmutableArray<Node>
} with

    /// Every node, inputs before users.
    member this.Nodes: ImmutableArray<Node> = this.nodes

    /// The results.
    member this.Outputs: ImmutableArray<Node> = this.outputs

[<RequireQualifiedAccess>]
module Graph =

    /// Every node that the outputs need, inputs before users; not those that are known, nor what only they need.
    /// Works on graphs of any depth.
    let topological (isKnown: Node -> bool) (outputs: Node seq) : List<Node> =
        let order = List<Node>()
        let state = Dictionary<Node, bool>(HashIdentity.Reference)
        let pending = Stack<struct (Node * bool)>()

        for output in outputs do
            pending.Push(struct (output, false))

            while pending.Count > 0 do
                let struct (node, inputsAreDone) = pending.Pop()

                if inputsAreDone then
                    state[node] <- true
                    order.Add node
                elif not (isKnown node) && state.TryAdd(node, false) then
                    pending.Push(struct (node, true))

                    for index in node.Inputs.Length - 1 .. -1 .. 0 do
                        pending.Push(struct (node.Inputs[index], false))

        order

    /// F# equality of operations takes 0.0 for -0.0 in the one operation that holds a number: its bits tell them apart.
    let rec internal bits (operation: Operation) : int64 =
        match operation with
        | Operation.Pad(_, value) -> System.BitConverter.DoubleToInt64Bits value
        | Operation.Scan(scan, _) ->
            (0L, scan.Body.Steps)
            ||> List.fold (fun sum step -> sum * 31L + bits step.Operation)
        | _ -> 0L

    /// Rebuilds what the outputs need, node by node: the rule gets a node and its new inputs and gives its replacement.
    /// Equal replacements become one node; nodes that nothing needs any more are left out.
    let rewrite (rule: Node -> ImmutableArray<Node> -> Node) (outputs: Node seq) : Graph =
        let outputs = Array.ofSeq outputs
        let replacements = Dictionary<Node, Node>(HashIdentity.Reference)
        let interned = Dictionary<struct (Operation * int64 * int list), Node>()
        let ids = Dictionary<Node, int>(HashIdentity.Reference)
        // For every node that was seen, the one node that stands for all its equals.
        let representatives = Dictionary<Node, Node>(HashIdentity.Reference)

        // A rule may answer with several new nodes: all of them are interned, inputs first.
        let intern (answer: Node) : Node =
            for node in topological representatives.ContainsKey [ answer ] do
                let inputs =
                    node.Inputs
                    |> Seq.map (fun input -> representatives[input])
                    |> ImmutableArray.CreateRange

                let key =
                    struct (node.Operation, bits node.Operation, [ for input in inputs -> ids[input] ])

                match interned.TryGetValue key with
                | true, existing -> representatives[node] <- existing
                | false, _ ->
                    let isSame = Seq.forall2 (fun a b -> obj.ReferenceEquals(a, b)) inputs node.Inputs
                    let fresh = if isSame then node else { node with Inputs = inputs }
                    interned[key] <- fresh
                    ids[fresh] <- ids.Count
                    representatives[fresh] <- fresh
                    representatives[node] <- fresh

            representatives[answer]

        let nothing (_: Node) = false

        for node in topological nothing outputs do
            let inputs =
                node.Inputs
                |> Seq.map (fun input -> replacements[input])
                |> ImmutableArray.CreateRange

            replacements[node] <- intern (rule node inputs)

        let results = outputs |> Array.map (fun output -> replacements[output])

        {
            nodes = ImmutableArray.CreateRange(topological nothing results)
            outputs = ImmutableArray.Create<Node> results
        }

    /// The same operation on new inputs; the node itself when they are its own.
    let withInputs (node: Node) (inputs: ImmutableArray<Node>) : Node =
        if Seq.forall2 (fun a b -> obj.ReferenceEquals(a, b)) inputs node.Inputs then
            node
        else
            Node.Create(node.Operation, Array.ofSeq inputs)

    /// The graph that computes these outputs.
    let create (outputs: Node seq) : Graph = rewrite withInputs outputs

    /// The position of every node.
    let ids (graph: Graph) : IReadOnlyDictionary<Node, int> =
        let ids = Dictionary<Node, int>(HashIdentity.Reference)
        graph.Nodes |> Seq.iteri (fun id node -> ids[node] <- id)
        ids

    /// How often nodes are inputs of others or outputs.
    let useCounts (nodes: Node seq) (outputs: Node seq) : IReadOnlyDictionary<Node, int> =
        let uses = Dictionary<Node, int>(HashIdentity.Reference)

        let count (node: Node) =
            uses[node] <- uses.GetValueOrDefault(node, 0) + 1

        for node in nodes do
            Seq.iter count node.Inputs

        Seq.iter count outputs
        uses

    /// Every leaf: kind, name and node.
    let leaves (graph: Graph) : (LeafKind * string * Node) list = [
        for node in graph.Nodes do
            match node.Operation with
            | Operation.Leaf(kind, name, _, _) -> kind, name, node
            | _ -> ()
    ]

    /// The names of sizes that are not bound yet.
    let names (graph: Graph) : Set<string> =
        graph.Nodes |> Seq.map (fun node -> Shape.names node.Shape) |> Set.unionMany
