namespace Functional.Testing

open System.Collections.Generic
open FsCheck
open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors

/// How to build a random computation: each number triple makes one more value of those that are there. Shrinks by
/// leaving steps out and making numbers smaller.
type GraphRecipe = GraphRecipe of steps: (int * int * int) list

/// A computation with a value for every leaf.
type RandomComputation = {
    Results: (string * Node) list
    /// Leaves and the values they hold after a run.
    Updates: (Node * Node) list
    Leaves: Map<string, Literal>
    /// Sizes of the names in shapes.
    Sizes: Map<string, int>
}

/// Random typed graphs of all operations, with values that stay in a range where rounding is harmless.
[<RequireQualifiedAccess>]
module RandomGraphs =

    let private largestSize = 200
    let private sizes = Map.ofList [ "batch", 3 ]

    /// The part of a recipe that is used so far.
    type private Builder(elementType: ElementType) =
        let pool = List<Node>()
        let leaves = Dictionary<string, Literal>()
        let updates = List<Node * Node>()

        let known (node: Node) =
            Shape.known (Shape.bind sizes node.Shape)

        let sizeOf node = List.fold (*) 1 (known node)

        member _.Pool = pool
        member _.Leaves = leaves
        member _.Updates = updates
        member _.Known node = known node
        member _.Rank(node: Node) = Shape.rank node.Shape

        member _.Add(node: Node) : unit =
            if sizeOf node <= largestSize then
                pool.Add node

        /// A value of the pool that a condition holds for.
        member _.Pick (number: int) (condition: Node -> bool) : Node option =
            let fitting = pool |> Seq.filter condition |> Array.ofSeq

            if fitting.Length = 0 then
                None
            else
                Some fitting[number % fitting.Length]

        member builder.Float(number: int) : Node =
            builder.Pick number (fun node -> node.ElementType = elementType) |> Option.get

        /// A new leaf whose values a function of the position gives.
        member _.Leaf (kind: LeafKind) (shape: Shape) (leafType: ElementType) (value: int -> float) : Node =
            let name = $"leaf{leaves.Count}"
            let lengths = Shape.known (Shape.bind sizes shape)
            let count = List.fold (*) 1 lengths
            leaves[name] <- Literal.create leafType lengths [ for position in 0 .. count - 1 -> value position ]
            Node.Create(Operation.Leaf(kind, name, shape, leafType))

        /// A floating leaf with values between -1.5 and 1.5 that hardly repeat.
        member builder.FloatLeaf kind shape : Node =
            let seed = float (leaves.Count + 1)
            builder.Leaf kind shape elementType (fun position -> 1.5 * sin (seed * 12.9898 + float position * 78.233))

    let private unaryFunctions: (Node -> Node) list = [
        (fun x -> -x)
        Ops.abs
        Ops.tanh
        Ops.sigmoid
        Ops.sin
        (fun x -> Ops.exp (Ops.tanh x))
        (fun x -> Ops.log (x * x + 1.0))
        (fun x -> Ops.sqrt (x * x + 0.5))
        (fun x -> Ops.rsqrt (x * x + 0.5))
        Ops.softplus
        Ops.erf
        Ops.square
        Ops.stopGradient
        (fun x -> Ops.log1p (Ops.abs x))
        (fun x -> Ops.power (Ops.abs x + 0.1) (x.Number 2.0))
        (fun x -> Ops.power (Ops.abs x + 0.1) (x.Number 0.5))
        (fun x -> Ops.power (Ops.abs x + 0.1) (x.Number -1.0))
        (fun x -> x * 1.0 + 0.0)
        (fun x -> (x - 0.0) / 1.0)
        (fun x -> 1.0 - x)
        (fun x -> Ops.clip -0.5 0.75 x)
        (fun x -> Ops.select (Ops.greater x (x.Number 0.0)) x (x.Number 0.0))
        (fun x -> Ops.select (Ops.greater x (x.Number 0.0)) x (x * 0.25))
    ]

    // Equal values come about in many ways, and rounding decides which of two is the greater: where a result jumps there,
    // it is compared with something a little beside it.
    let private aside (node: Node) : Node = node + 0.0173

    let private binaryFunctions: (Node -> Node -> Node) list = [
        (+)
        (-)
        (fun x y -> Ops.tanh x * y)
        (fun x y -> x / (Ops.abs y + 1.0))
        Ops.maximum
        Ops.minimum
        (fun x y -> Ops.select (Ops.greater x (aside y)) (x * 0.5) y)
        (fun x y -> Ops.cast x.ElementType (Ops.lessOrEqual x (aside y)) * y)
        (fun x y ->
            Ops.select
                (Ops.logicalAnd (Ops.less x (aside y)) (Ops.logicalNot (Ops.greater y (y.Number 0.3173))))
                x
                (-y))
    ]

    let private item (number: int) (list: 'Item list) : 'Item = list[number % list.Length]

    /// Some axes of a value: the bits of a number.
    let private axesOf (number: int) (rank: int) : int list =
        [ 0 .. rank - 1 ] |> List.filter (fun axis -> (number >>> axis) &&& 1 = 1)

    let private permutation (number: int) (rank: int) : int list =
        [ 0 .. rank - 1 ]
        |> List.sortBy (fun axis -> (axis * 7 + number * (axis + 3) + number / 5) % 11, axis)

    let private partOf (number: int) (builder: Builder) (node: Node) : Node =
        let axes =
            List.zip (Shape.dimensions node.Shape) (builder.Known node)
            |> List.mapi (fun axis (length, size) ->
                let choice = (number >>> (2 * axis)) &&& 3

                if choice = 0 || size = 1 then
                    Ops.wholeAxis length
                else
                    {
                        Start = Dimension.known (if choice = 1 then 1 else 0)
                        Stop = if choice = 2 then Dimension.known (size - 1) else length
                        Stride = if choice = 3 then 2 else 1
                    })

        Ops.slice axes node

    let private padded (number: int) (builder: Builder) (node: Node) : Node =
        let axes = [
            for axis in 0 .. builder.Rank node - 1 ->
                let choice = (number >>> (2 * axis)) &&& 3
                let isCropped = choice = 3 && (builder.Known node)[axis] > 2

                {
                    Low = Dimension.known (if isCropped then -1 else choice % 2)
                    High = Dimension.known (choice / 2)
                    Interior = (if choice = 2 then 1 else 0)
                }
        ]

        Ops.pad axes 0.25 node

    let private reshaped (number: int) (builder: Builder) (node: Node) : Node =
        let size = List.fold (*) 1 (builder.Known node)
        let divisors = [ 1..size ] |> List.filter (fun divisor -> size % divisor = 0)

        // Only values of known shape can be cut at will; others get or lose axes of length 1.
        if Option.isSome (Shape.tryKnown node.Shape) then
            let first = item number divisors
            let rest = size / first

            let second =
                item (number / 7) (divisors |> List.filter (fun divisor -> rest % divisor = 0))

            Ops.reshape (Shape.ofInts [ first; second; rest / second ]) node
        else
            Ops.expandDimensions [ number % (builder.Rank node + 1) ] node

    let private product (number: int) (other: int) (builder: Builder) (node: Node) : Node =
        let transposeLeft, transposeRight = number % 2 = 1, number / 2 % 2 = 1
        let rank = builder.Rank node

        let inner =
            Shape.dimension (if transposeLeft then rank - 2 else rank - 1) node.Shape

        let columns = Dimension.known (1 + other % 4)

        let matrix =
            if transposeRight then
                [ columns; inner ]
            else
                [ inner; columns ]

        let leading = List.take (rank - 2) (Shape.dimensions node.Shape)

        let right =
            if other % 3 = 0 then
                builder.FloatLeaf LeafKind.Parameter (Shape.create (leading @ matrix))
            else
                builder.FloatLeaf LeafKind.Parameter (Shape.create matrix)
                |> Ops.broadcastTo (Shape.create (leading @ matrix))

        Ops.matMulWith transposeLeft transposeRight node right

    let private lookUp (number: int) (other: int) (builder: Builder) (node: Node) : Node =
        let axis = number % builder.Rank node
        let limit = (builder.Known node)[axis]

        let indices =
            builder.Leaf
                LeafKind.Input
                (Shape.ofInts (if other % 2 = 0 then [ 4 ] else [ 2; 2 ]))
                ElementType.Int32
                (fun position -> float ((position * 5 + other) % limit))

        let gathered = Ops.gather axis indices node

        if number % 3 = 0 then
            Ops.scatterAdd axis (Dimension.known 3) (Ops.remainder indices (indices.Number 3.0)) gathered
        else
            gathered

    let private normalized (number: int) (node: Node) : Node =
        let centered = node - Ops.mean [ -1 ] true node
        let scale = Ops.rsqrt (Ops.variance [ -1 ] true node + 0.1)

        match number % 4 with
        | 0 -> Ops.softmax -1 node
        | 1 -> Ops.logSoftmax -1 node
        | 2 -> Ops.logSumExp [ -1 ] true node * node
        | _ -> centered * scale

    /// What goes along an axis by a kernel of its own.
    let private alongAxis (builder: Builder) (number: int) (axis: int) (node: Node) : Node =
        // Which of two equal values comes first hangs on rounding: they are told apart.
        let different () =
            node + builder.FloatLeaf LeafKind.Input node.Shape

        match number % 4 with
        | 0 -> Ops.cast node.ElementType (Ops.argMax axis (different ())) * 0.25
        | 1 ->
            let key = if number % 8 = 1 then None else Some(133UL, 137UL)
            let bins = Node.Create(Operation.Hash(5, key), Ops.argMax axis (different ()))

            Ops.cast node.ElementType (Ops.cumulativeSum 0 false true (Ops.expandDimensions [ 0 ] bins) + bins)
            * 0.25
        | _ -> Ops.cumulativeSum axis (number % 8 >= 4) (number % 16 >= 8) node * 0.5

    /// An Adam-like step of a new parameter.
    let private adam (builder: Builder) (gradient: Node) : Node =
        let parameter = builder.FloatLeaf LeafKind.Parameter gradient.Shape
        let momentum = builder.FloatLeaf LeafKind.Variable gradient.Shape
        let velocity = builder.FloatLeaf LeafKind.Variable gradient.Shape
        let nextMomentum = momentum * 0.9 + gradient * 0.1
        let nextVelocity = velocity * 0.99 + gradient * gradient * 0.01

        let next =
            parameter - nextMomentum * 0.05 / (Ops.sqrt (Ops.abs nextVelocity) + 0.01)

        builder.Updates.Add(parameter, next)
        builder.Updates.Add(momentum, nextMomentum)
        builder.Updates.Add(velocity, nextVelocity)
        next

    /// Two variables that change places, or one that takes a value of the pool.
    let private exchange (number: int) (builder: Builder) (node: Node) : Node =
        let first = builder.FloatLeaf LeafKind.Variable node.Shape

        if number % 2 = 0 then
            let second = builder.FloatLeaf LeafKind.Variable node.Shape
            builder.Updates.Add(first, second)
            builder.Updates.Add(second, first)
            first - second
        else
            builder.Updates.Add(first, node)
            first

    /// A loop over the leading axis that carries a value of the pool or a new one, or over nothing but a length.
    let private loop (number: int) (other: int) (builder: Builder) (node: Node) : Node list =
        let rest = Shape.remove [ 0 ] node.Shape

        let carry =
            builder.Pick other (fun found -> found.ElementType = node.ElementType && found.Shape = rest)
            |> Option.defaultWith (fun () -> builder.FloatLeaf LeafKind.Variable rest)

        let weight = builder.FloatLeaf LeafKind.Parameter rest

        let last, stacks =
            Scanning.scan (number % 2 = 1) [ carry; weight ] [ node ] (fun carries current ->
                let x = (item (number / 2) unaryFunctions) (Ops.tanh current[0])
                let next = Ops.tanh ((item (other / 3) binaryFunctions) carries[0] x) * weight
                let total = carries[1] + (if number % 3 = 0 then next else x)
                [ next; total ], [ next; carries[0]; next * x ])

        // A variable that takes the last carry, as a stateful loop has it.
        if
            number % 5 = 0
            && carry.Operation.IsLeaf
            && not (Seq.exists (fun (leaf, _) -> obj.ReferenceEquals(leaf, carry)) builder.Updates)
        then
            match carry.Operation with
            | Operation.Leaf(LeafKind.Variable, _, _, _) -> builder.Updates.Add(carry, last[0])
            | _ -> ()

        List.filter (fun _ -> number % 7 <> 0) last @ List.skip (other % 3) stacks

    let private step (builder: Builder) (number: int, first: int, second: int) : unit =
        let x = builder.Float first
        let rank = builder.Rank x

        match number % 29 with
        | 0
        | 1 -> builder.Add((item second unaryFunctions) x)
        | 2
        | 3
        | 4 ->
            let fits (node: Node) =
                node.ElementType = x.ElementType
                && Result.isOk (Shape.tryBroadcast x.Shape node.Shape)

            match builder.Pick (second / 16) fits with
            | Some y -> builder.Add((item second binaryFunctions) x y)
            | None -> ()
        | 5
        | 6 when rank > 0 ->
            let reductions = [ Ops.sum; Ops.max; Ops.min; Ops.mean; Ops.sum ]
            builder.Add((item second reductions) (axesOf (second / 5) rank) (second % 2 = 0) x)
        | 7 when rank < 4 ->
            builder.Add(Ops.broadcastTo (Shape.create (Dimension.known (1 + second % 3) :: Shape.dimensions x.Shape)) x)
        | 8 -> builder.Add(reshaped second builder x)
        | 9 when rank > 1 -> builder.Add(Ops.transpose (permutation second rank) x)
        | 10 when rank > 0 -> builder.Add(partOf second builder x)
        | 11 when rank > 0 -> builder.Add(padded second builder x)
        | 12 when rank > 0 -> builder.Add(Ops.concatenate (second % rank) [ x; Ops.tanh x; x ])
        | 13 when rank > 0 -> builder.Add(Ops.reverse (axesOf (1 + second) rank) x)
        | 14
        | 15 when rank >= 2 -> builder.Add(product second first builder x)
        | 16 when rank > 0 -> builder.Add(lookUp second first builder x)
        | 17
        | 18 when rank > 0 -> builder.Add(normalized second x)
        | 19 when rank > 0 -> builder.Add(alongAxis builder first (second % rank) x)
        | 20 when rank > 0 -> builder.Add(x + Ops.iota x.ElementType (second % rank) x.Shape * 0.125)
        | 21 when rank > 0 && rank < 4 ->
            let labels = Ops.cast ElementType.Int32 (Ops.abs (aside x))
            builder.Add(Ops.oneHot 3 x.ElementType labels)
        | 22 ->
            let key = builder.Leaf LeafKind.Input (Shape.ofInts [ 2 ]) ElementType.Int32 float
            builder.Add(x * Ops.random Distribution.Uniform second x.Shape x.ElementType key)
        | 23 -> builder.Add(adam builder x)
        | 24 -> builder.Add(exchange second builder x)
        | 27
        | 28 when rank >= 2 && rank <= 4 -> builder.Add(RandomWindows.slide second first builder.FloatLeaf x)
        | 25
        | 26 ->
            let parameter = builder.FloatLeaf LeafKind.Parameter x.Shape
            let total = Ops.sum (Ops.allAxes x) false (x * Ops.sigmoid (parameter * x))

            let leaves =
                Graph.leaves (Graph.create [ total ])
                |> List.filter (fun (kind, _, _) -> kind = LeafKind.Parameter)
                |> List.map (fun (_, _, node) -> node)

            // The graph interns the leaves; the gradient is taken of its own nodes.
            for gradient in Gradient.tryGradients total leaves do
                Option.iter builder.Add gradient
        | 27
        | 28 when rank > 0 -> loop second first builder x |> List.iter builder.Add
        | _ -> builder.Add(builder.FloatLeaf LeafKind.Input x.Shape)

    /// The computation that a recipe describes, over one floating type.
    let build (elementType: ElementType) (GraphRecipe steps: GraphRecipe) : RandomComputation =
        let builder = Builder elementType
        builder.Add(builder.FloatLeaf LeafKind.Input (Shape.create [ Dimension.batch; Dimension.known 4 ]))
        builder.Add(builder.FloatLeaf LeafKind.Parameter (Shape.ofInts [ 4 ]))
        builder.Add(builder.FloatLeaf LeafKind.Parameter (Shape.ofInts [ 2; 3; 4 ]))
        builder.Add(builder.FloatLeaf LeafKind.Parameter Shape.scalar)
        List.iter (step builder) steps

        let count = builder.Pool.Count

        {
            Results = [
                for position in Seq.distinct [ count - 1; count / 2; count - 2 ] ->
                    $"result{position}", builder.Pool[position]
            ]
            Updates = List.ofSeq builder.Updates
            Leaves = builder.Leaves |> Seq.map (fun pair -> pair.Key, pair.Value) |> Map.ofSeq
            Sizes = sizes
        }

    /// Recipes of up to about forty steps, with shrinking.
    let recipes: Arbitrary<GraphRecipe> =
        let number = Gen.choose (0, 1000)
        let step = Gen.zip3 number number number

        let generator =
            Gen.choose (1, 40)
            |> Gen.bind (fun count -> Gen.listOfLength count step)
            |> Gen.map GraphRecipe

        let shrink (GraphRecipe steps) =
            let smaller = ArbMap.defaults |> ArbMap.arbitrary<(int * int * int) list>

            smaller.Shrinker steps
            |> Seq.filter (List.forall (fun (a, b, c) -> a >= 0 && b >= 0 && c >= 0))
            |> Seq.map GraphRecipe

        Arb.fromGenShrink (generator, shrink)
