namespace Functional.Core.Tests

open System
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Where gradients end by rule, and what the library says about it.
module StoppedPathTests =

    let private x = FiniteDifferences.leaf "x" [ 2; 3 ]

    let private total (node: Node) : Node = Ops.sum (Ops.allAxes node) false node

    let private asFloat (node: Node) : Node = Ops.cast ElementType.Float64 node

    let private stopped: (string * (Node -> Node)) list = [
        "argMax", (fun x -> asFloat (Ops.argMax 1 x))
        "equal", (fun x -> asFloat (Ops.equal x (x.Number 1.0)))
        "notEqual", (fun x -> asFloat (Ops.notEqual x (x.Number 1.0)))
        "less", (fun x -> asFloat (Ops.less x (x.Number 1.0)))
        "lessOrEqual", (fun x -> asFloat (Ops.lessOrEqual x (x.Number 1.0)))
        "greater", (fun x -> asFloat (Ops.greater x (x.Number 1.0)))
        "greaterOrEqual", (fun x -> asFloat (Ops.greaterOrEqual x (x.Number 1.0)))
        "logical",
        (fun x ->
            let isPositive = Ops.greater x (x.Number 0.0)
            asFloat (Ops.logicalOr (Ops.logicalNot isPositive) (Ops.logicalAnd isPositive isPositive)))
        "condition of select",
        (fun x ->
            let chosen = FiniteDifferences.leaf "y" [ 2; 3 ]
            Ops.select (Ops.greater x (x.Number 0.0)) chosen (chosen * 2.0))
        "cast to int32", (fun x -> asFloat (Ops.cast ElementType.Int32 x))
        "cast to bool", (fun x -> asFloat (Ops.cast ElementType.Bool x))
        "stopGradient", (fun x -> Ops.stopGradient x * 2.0)
        "index of gather",
        (fun x ->
            let table = FiniteDifferences.leaf "y" [ 5 ]
            Ops.gather 0 (Ops.cast ElementType.Int32 x) table)
        "index of scatterAdd",
        (fun x ->
            let updates = FiniteDifferences.leaf "y" [ 2; 3 ]
            Ops.scatterAdd 0 (Dimension.known 5) (Ops.cast ElementType.Int32 x) updates)
        "key of random",
        (fun x ->
            let key =
                Ops.reshape (Shape.ofInts [ 6 ]) x
                |> Ops.sliceAxis 0 (Dimension.known 0) (Dimension.known 2)

            Ops.cast ElementType.Int32 key
            |> Ops.random Distribution.Uniform 0 (Shape.ofInts [ 3 ]) ElementType.Float64)
        "nothing at all", (fun _ -> FiniteDifferences.leaf "y" [ 2 ])
    ]

    let stoppedPaths = TheoryData<string>(List.map fst stopped)

    let private pathNamed (name: string) : Node -> Node =
        stopped |> List.find (fst >> (=) name) |> snd

    [<Theory; MemberData(nameof stoppedPaths)>]
    let ``a path without slopes has no gradient`` (name: string) =
        let output = total (pathNamed name x)
        Assert.Equal<Node option list>([ None ], Gradient.tryGradients output [ x ])

    [<Theory; MemberData(nameof stoppedPaths)>]
    let ``a path without slopes is refused with the name and the shape of the value`` (name: string) =
        let output = total (pathNamed name x)

        let error =
            Assert.Throws<ArgumentException>(fun () -> Gradient.gradients output [ x ] |> ignore)

        Assert.Equal(
            "The output does not depend differentiably on 'x' of shape (2, 3): it is not used, or only through "
            + "comparisons, argmax, integers or stopGradient. (Parameter 'withRespectTo')",
            error.Message
        )

    [<Theory; MemberData(nameof stoppedPaths)>]
    let ``a stopped path beside an open one adds nothing`` (name: string) =
        let open' = total (x * 3.0)
        let both = Gradient.tryGradients (total (pathNamed name x) + open') [ x ]
        let values = Map [ "x", Samples.between 0.0 4.0 7 [ 2; 3 ] ]

        let gradient =
            Interpreter.run values (Graph.create (List.choose id both)) |> List.head

        Assert.All(gradient.Values, (fun slope -> Assert.Equal(3.0, slope)))

    [<Theory>]
    [<InlineData("int32")>]
    [<InlineData("bool")>]
    let ``integers and bools have no gradient, and the sentence says so`` (typeName: string) =
        let elementType = ElementType.tryOfName typeName |> Option.get
        let count = Ops.input "count" (Shape.ofInts [ 2 ]) elementType
        let output = total (asFloat count)

        Assert.Equal<Node option list>([ None ], Gradient.tryGradients output [ count ])

        let error =
            Assert.Throws<ArgumentException>(fun () -> Gradient.gradients output [ count ] |> ignore)

        Assert.Equal(
            $"'count' is {typeName}: only floating values have gradients. (Parameter 'withRespectTo')",
            error.Message
        )

    [<Fact>]
    let ``an output with axes is refused with its shape`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () -> Gradient.tryGradients (x * 2.0) [ x ] |> ignore)

        Assert.Equal(
            "A gradient is taken of a number without axes, but the shape is (2, 3). (Parameter 'output')",
            error.Message
        )

    [<Fact>]
    let ``an output that is no floating number is refused with its type`` () =
        let count = Ops.cast ElementType.Int32 (total x)

        let error =
            Assert.Throws<ArgumentException>(fun () -> Gradient.tryGradients count [ x ] |> ignore)

        Assert.Equal(
            "A gradient is taken of a floating number, but the type is int32. (Parameter 'output')",
            error.Message
        )

    [<Fact>]
    let ``a gradient by a value that is not a leaf names its operation`` () =
        let inner = Ops.sin x
        let other = total (Ops.cos x)

        let error =
            Assert.Throws<ArgumentException>(fun () -> Gradient.gradients other [ inner ] |> ignore)

        Assert.StartsWith("The output does not depend differentiably on Sin of shape (2, 3)", error.Message)

    [<Fact>]
    let ``some values can have gradients while others have none`` () =
        let y = FiniteDifferences.leaf "y" [ 2; 3 ]
        let gradients = Gradient.tryGradients (total (x * Ops.stopGradient y)) [ x; y ]

        Assert.Equal<bool list>([ true; false ], List.map Option.isSome gradients)
