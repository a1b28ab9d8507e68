namespace Functional.Core.Tests

open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

module BinaryGradientTests =

    let private apply f (left: Node) (right: Node) : Node =
        let shape =
            Shape.tryBroadcast left.Shape right.Shape |> Result.defaultValue Shape.scalar

        Node.Create(Operation.Binary f, Ops.broadcastTo shape left, Ops.broadcastTo shape right)

    /// Values of both sides where the function is differentiable; None for functions of bools.
    let private sides (f: BinaryFunction) =
        match f with
        | BinaryFunction.Add
        | BinaryFunction.Subtract
        | BinaryFunction.Multiply -> Some(Samples.any, Samples.any)
        | BinaryFunction.Divide -> Some(Samples.any, Samples.between 0.5 2.0)
        | BinaryFunction.Power -> Some(Samples.between 0.4 2.0, Samples.any)
        // An eighth apart, so that no difference crosses a tie.
        | BinaryFunction.Maximum
        | BinaryFunction.Minimum -> Some(Samples.distinct 0.0, Samples.distinct 0.125)
        // The quotient stays between -3 and -2, so that no difference crosses a jump.
        | BinaryFunction.Remainder -> Some(Samples.between -2.7 -2.3, Samples.between 0.95 1.05)
        | BinaryFunction.Atan2 -> Some(Samples.any, Samples.between 0.5 2.0)
        | BinaryFunction.And
        | BinaryFunction.Or -> None

    let private isSmooth f =
        f <> BinaryFunction.Maximum && f <> BinaryFunction.Minimum

    let private all = UnionCases.all<BinaryFunction>()

    let differentiable =
        TheoryData<string>(all |> List.filter (sides >> Option.isSome) |> List.map string)

    let private named (name: string) : BinaryFunction =
        all |> List.find (fun f -> string f = name)

    [<Theory; MemberData(nameof differentiable)>]
    let ``a function of two numbers has the slopes of its differences under every broadcast`` (name: string) =
        let f = named name
        let left, right = Option.get (sides f)

        let law =
            if isSmooth f then
                GradientLaw.holdsTwice
            else
                GradientLaw.holds

        law (Cases.broadcasts 2) (fun (shapes, seed) ->
            GradientLaw.case [ left seed shapes[0]; right (seed + 1) shapes[1] ] (fun nodes ->
                apply f nodes[0] nodes[1]))

    [<Fact>]
    let ``a function of one value twice has the sum of both slopes`` () =
        GradientLaw.holdsTwice (Cases.shapes 0 2) (fun (lengths, seed) ->
            GradientLaw.case [ Samples.between 0.4 2.0 seed lengths ] (fun nodes -> Ops.power nodes[0] nodes[0]))

    [<Fact>]
    let ``select has the slopes of its differences under every broadcast`` () =
        GradientLaw.holdsTwice (Cases.broadcasts 3) (fun (shapes, seed) -> {
            Values = [ Samples.any seed shapes[0]; Samples.any (seed + 1) shapes[1] ]
            Others = Map [ "condition", Samples.conditions (seed + 2) shapes[2] ]
            Function =
                fun nodes ->
                    let condition = Ops.input "condition" (Shape.ofInts shapes[2]) ElementType.Bool
                    Ops.select condition (Ops.sin nodes[0]) (Ops.exp nodes[1])
        })

    [<Fact>]
    let ``a value that passes through float32 keeps its slopes`` () =
        GradientLaw.holdsTwice (Cases.shapes 0 3) (fun (lengths, seed) ->
            GradientLaw.case [ Samples.any seed lengths ] (fun nodes ->
                nodes[0]
                |> Ops.cast ElementType.Float32
                |> Ops.sin
                |> Ops.cast ElementType.Float64))

    [<Fact>]
    let ``clip lets the gradient through inside its limits only`` () =
        GradientLaw.holds (Cases.shapes 0 3) (fun (lengths, seed) ->
            GradientLaw.case [ Samples.distinct 0.1 seed lengths ] (List.head >> Ops.clip -0.5 0.5))

    /// The gradients of f at numbers without axes.
    let private slopesAt (values: float list) (f: Node list -> Node) : float list =
        let nodes = values |> List.mapi (fun i _ -> FiniteDifferences.leaf $"x{i}" [])

        let leaves =
            values
            |> List.mapi (fun i value -> $"x{i}", Literal.scalar ElementType.Float64 value)

        Gradient.gradients (f nodes) nodes
        |> Graph.create
        |> Interpreter.run (Map.ofList leaves)
        |> List.map Literal.item

    let private ofTwo f (nodes: Node list) : Node = f nodes[0] nodes[1]

    [<Fact>]
    let ``at a tie the maximum and the minimum give one half to each side`` () =
        Law.holds 20 (Arb.fromGen (Gen.choose (-5, 5) |> Gen.map float)) (fun value ->
            slopesAt [ value; value ] (ofTwo Ops.maximum) = [ 0.5; 0.5 ]
            && slopesAt [ value; value ] (ofTwo Ops.minimum) = [ 0.5; 0.5 ])

    [<Fact>]
    let ``a select between a value and 0 where it is positive has the slope 0 at 0`` () =
        let relu (nodes: Node list) =
            Ops.select (Ops.greater nodes[0] (nodes[0].Number 0.0)) nodes[0] (nodes[0].Number 0.0)

        Assert.Equal<float list>([ 0.0 ], slopesAt [ 0.0 ] relu)
        Assert.Equal<float list>([ 1.0 ], slopesAt [ 0.5 ] relu)
        Assert.Equal<float list>([ 0.0 ], slopesAt [ -0.5 ] relu)

    [<Theory>]
    [<InlineData(3.0, 0.0, 0.0)>]
    [<InlineData(2.0, 0.0, 0.0)>]
    [<InlineData(1.0, 1.0, 0.0)>]
    [<InlineData(0.0, 0.0, 0.0)>]
    let ``a power with base 0 has finite slopes`` (exponent: float) (inBase: float) (inExponent: float) =
        Assert.Equal<float list>([ inBase; inExponent ], slopesAt [ 0.0; exponent ] (ofTwo Ops.power))

    [<Theory>]
    [<InlineData(3.0, 0.0)>]
    [<InlineData(2.0, 2.0)>]
    [<InlineData(1.0, 0.0)>]
    [<InlineData(0.0, 0.0)>]
    let ``a power with base 0 has a finite curvature`` (exponent: float) (curvature: float) =
        let slope (nodes: Node list) =
            Gradient.gradients (Ops.power nodes[0] (nodes[0].Number exponent)) nodes
            |> List.head

        Assert.Equal<float list>([ curvature ], slopesAt [ 0.0 ] slope)

    [<Fact>]
    let ``a power with a negative base has the slope of its differences in the base, and 0 in the exponent`` () =
        let slopes = slopesAt [ -2.0; 3.0 ] (ofTwo Ops.power)
        Assert.Equal<float list>([ 12.0; 0.0 ], slopes)

    [<Fact>]
    let ``at exponent 0 the slope in the base still depends on the exponent`` () =
        // d/dy (y x^(y-1)) = 1/x at y = 0.
        let slopeInBase (nodes: Node list) =
            Gradient.gradients (ofTwo Ops.power nodes) [ nodes[0] ] |> List.head

        Assert.Equal<float list>([ 0.0; 0.5 ], slopesAt [ 2.0; 0.0 ] slopeInBase)
