namespace Functional.Core.Graph

open System.Collections.Generic
open System.Collections.Immutable
open System.Runtime.InteropServices
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

    let private isSame (left: ImmutableArray<Node>) (right: ImmutableArray<Node>) : bool =
        let mutable index = 0

        while index < left.Length && obj.ReferenceEquals(left[index], right[index]) do
            index <- index + 1

        index = left.Length

    /// A node's inputs after a function; the node's own where it changes none.
    let private mapInputs (change: Node -> Node) (node: Node) : ImmutableArray<Node> =
        let changed = Array.zeroCreate node.Inputs.Length

        for index in 0 .. changed.Length - 1 do
            changed[index] <- change node.Inputs[index]

        let changed = ImmutableCollectionsMarshal.AsImmutableArray changed
        if isSame changed node.Inputs then node.Inputs else changed

    /// Nodes are equal where their operations are and their inputs are the same objects.
    let private structural: IEqualityComparer<Node> =
        let areEqual (left: Node) (right: Node) =
            (obj.ReferenceEquals(left.Operation, right.Operation)
             || (left.Operation.Equals right.Operation
                 && bits left.Operation = bits right.Operation))
            && left.Inputs.Length = right.Inputs.Length
            && isSame left.Inputs right.Inputs

        let hashOf (node: Node) =
            let mutable hash = System.HashCode()

            // The steps of a loop are many; how many they are tells most loops apart.
            match node.Operation with
            | Operation.Scan(scan, result) -> hash.Add(struct (scan.Body.Steps.Length, result))
            | operation -> hash.Add operation

            for input in node.Inputs do
                hash.Add(LanguagePrimitives.PhysicalHash input)

            hash.ToHashCode()

        HashIdentity.FromFunctions hashOf areEqual

    /// Puts one node in the place of all that are equal to it.
    [<Sealed>]
    type private Interner() =
        let interned = HashSet<Node>(structural)
        // For every node that was seen, the one node that stands for all its equals.
        let representatives = Dictionary<Node, Node>(HashIdentity.Reference)

        // The inputs of the node were seen.
        let add (node: Node) : Node =
            let inputs = mapInputs (fun input -> representatives[input]) node

            let candidate =
                if inputs = node.Inputs then
                    node
                else
                    { node with Inputs = inputs }

            let representative =
                match interned.TryGetValue candidate with
                | true, existing -> existing
                | false, _ ->
                    interned.Add candidate |> ignore
                    representatives[candidate] <- candidate
                    candidate

            representatives[node] <- representative
            representative

        /// The node that stands for a node and all its equals. What the node is made of may be new too.
        member _.Intern(node: Node) : Node =
            match representatives.TryGetValue node with
            | true, representative -> representative
            | false, _ ->
                if Seq.forall representatives.ContainsKey node.Inputs then
                    add node
                else
                    for below in topological representatives.ContainsKey [ node ] do
                        add below |> ignore

                    representatives[node]

    let private nothing (_: Node) = false

    /// The graph of what a rule puts in the place of nodes, from a position on; those before it stay.
    let private rewriteFrom
        (start: int)
        (order: IReadOnlyList<Node>)
        (rule: Node -> ImmutableArray<Node> -> Node)
        (outputs: Node seq)
        : Graph =
        let interner = Interner()
        let replacements = Dictionary<Node, Node>(HashIdentity.Reference)

        for position in 0 .. order.Count - 1 do
            let node = order[position]

            replacements[node] <-
                if position < start then
                    interner.Intern node
                else
                    mapInputs (fun input -> replacements[input]) node
                    |> rule node
                    |> interner.Intern

        let results =
            outputs
            |> Seq.map (fun output -> replacements[output])
            |> ImmutableArray.CreateRange

        {
            nodes = ImmutableArray.CreateRange(topological nothing results)
            outputs = results
        }

    /// Builds what the outputs need, node by node: the rule gets a node and its new inputs and gives its replacement.
    /// Equal replacements become one node; nodes that nothing needs any more are left out.
    let build (rule: Node -> ImmutableArray<Node> -> Node) (outputs: Node seq) : Graph =
        rewriteFrom 0 (topological nothing outputs) rule outputs

    /// The graph with a rule's replacements of its nodes, as build makes it: the graph itself where the rule changes
    /// nothing.
    let rewrite (rule: Node -> ImmutableArray<Node> -> Node) (graph: Graph) : Graph =
        let mutable kept = 0
        let mutable replacement = Unchecked.defaultof<Node>

        // Nodes of a graph differ from each other: as long as they stay, there is nothing to compare.
        while kept < graph.nodes.Length
              && (let node = graph.nodes[kept]
                  replacement <- rule node node.Inputs
                  obj.ReferenceEquals(replacement, node)) do
            kept <- kept + 1

        if kept = graph.nodes.Length then
            graph
        else
            let first, changed = graph.nodes[kept], replacement

            let ruleOnce (node: Node) inputs =
                if obj.ReferenceEquals(node, first) then
                    changed
                else
                    rule node inputs

            rewriteFrom kept graph.nodes ruleOnce graph.outputs

    /// The same operation on new inputs; the node itself when they are its own.
    let withInputs (node: Node) (inputs: ImmutableArray<Node>) : Node =
        if isSame inputs node.Inputs then
            node
        else
            Node.Create(node.Operation, Array.ofSeq inputs)

    /// The graph that computes these outputs.
    let create (outputs: Node seq) : Graph = build withInputs outputs

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
