namespace Functional.Core.Tests

open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Linear operations and their adjoints: the inner product of f(x) and y is that of x and the adjoint of y.
module AdjointTests =

    let private inner (left: Node) (right: Node) : Node =
        Ops.sum (Ops.allAxes left) false (left * right)

    let private distance (values: (string * Literal) list) (left: Node) (right: Node) : float =
        let results =
            Interpreter.run (Map.ofList values) (Graph.create [ left; right ])
            |> List.map Literal.item

        abs (results[0] - results[1]) / (1.0 + abs results[0])

    /// The distance of both inner products, for an operation on values of one shape and the adjoint that is expected.
    let private between lengths seed (others: (string * Literal) list) (f: Node -> Node) (adjoint: Node -> Node) =
        let x = FiniteDifferences.leaf "x" lengths
        let result = f x
        let resultLengths = Shape.known result.Shape
        let y = FiniteDifferences.leaf "y" resultLengths

        let values =
            ("x", Samples.any seed lengths)
            :: ("y", Samples.any (seed + 1) resultLengths)
            :: others

        let expected = distance values (inner result y) (inner x (adjoint y))
        // What the library derives is the same adjoint.
        let derived = Gradient.gradients (inner result y) [ x ] |> List.head
        max expected (distance values (inner result y) (inner x derived))

    let private holds arbitrary describe =
        Law.isWithin 1e-12 50 arbitrary describe

    [<Fact>]
    let ``broadcast and sum are adjoint`` () =
        holds Cases.shapesWithAxes (fun (lengths, axes, seed) ->
            let source =
                lengths
                |> List.mapi (fun axis length -> if List.contains axis axes then 1 else length)

            between source seed [] (Ops.broadcastTo (Shape.ofInts lengths)) (Ops.sum axes true))

    [<Fact>]
    let ``transpose and its inverse are adjoint`` () =
        holds (Cases.shapes 3 3) (fun (lengths, seed) ->
            between lengths seed [] (Ops.transpose [ 2; 0; 1 ]) (Ops.transpose [ 1; 2; 0 ]))

    [<Fact>]
    let ``reshape and reshape back are adjoint`` () =
        holds (Cases.shapes 0 3) (fun (lengths, seed) ->
            let flat = Shape.ofInts [ List.fold (*) 1 lengths ]
            between lengths seed [] (Ops.reshape flat) (Ops.reshape (Shape.ofInts lengths)))

    [<Fact>]
    let ``reverse is its own adjoint`` () =
        holds Cases.shapesWithAxes (fun (lengths, axes, seed) ->
            between lengths seed [] (Ops.reverse axes) (Ops.reverse axes))

    [<Fact>]
    let ``pad and slice are adjoint`` () =
        let padding _ = Gen.choose (0, 2) |> Gen.listOfLength 3

        holds (Cases.shapesWithChoices padding) (fun (axes, seed) ->
            let pads =
                axes
                |> List.map (fun (_, sizes) -> {
                    Low = Dimension.known sizes[0]
                    High = Dimension.known sizes[1]
                    Interior = sizes[2]
                })

            let slices =
                axes
                |> List.map (fun (length, sizes) -> {
                    Start = Dimension.known sizes[0]
                    Stop = Dimension.known (sizes[0] + (length - 1) * (1 + sizes[2]) + 1)
                    Stride = 1 + sizes[2]
                })

            between (List.map fst axes) seed [] (Ops.pad pads 0.0) (Ops.slice slices))

    [<Fact>]
    let ``gather and scatterAdd are adjoint`` () =
        holds Cases.shapesWithAxis (fun (lengths, axis, seed) ->
            let indices = Ops.input "indices" (Shape.ofInts [ 2; 3 ]) ElementType.Int32

            between
                lengths
                seed
                [ "indices", Samples.indices lengths[axis] seed [ 2; 3 ] ]
                (Ops.gather axis indices)
                (Ops.scatterAdd axis (Dimension.known lengths[axis]) indices))

    [<Theory>]
    [<InlineData(false, false)>]
    [<InlineData(false, true)>]
    [<InlineData(true, false)>]
    [<InlineData(true, true)>]
    let ``a matrix product has its adjoint in each side`` (transposeLeft: bool) (transposeRight: bool) =
        let sized transposed rows columns =
            if transposed then [ columns; rows ] else [ rows; columns ]

        holds (Cases.shapes 3 3) (fun (sizes, seed) ->
            let leftLengths = 2 :: sized transposeLeft sizes[0] sizes[1]
            let rightLengths = 2 :: sized transposeRight sizes[1] sizes[2]
            let left = FiniteDifferences.leaf "left" leftLengths
            let right = FiniteDifferences.leaf "right" rightLengths
            let swap = Ops.transpose [ 0; 2; 1 ]
            let plain transposed node = if transposed then swap node else node

            // The plain product C = A B has the adjoints G B' for A and A' G for B.
            let byLeft =
                between
                    leftLengths
                    seed
                    [ "right", Samples.any (seed + 2) rightLengths ]
                    (fun x -> Ops.matMulWith transposeLeft transposeRight x right)
                    (fun y -> Ops.matMul y (swap (plain transposeRight right)) |> plain transposeLeft)

            let byRight =
                between
                    rightLengths
                    seed
                    [ "left", Samples.any (seed + 3) leftLengths ]
                    (fun x -> Ops.matMulWith transposeLeft transposeRight left x)
                    (fun y -> Ops.matMul (swap (plain transposeLeft left)) y |> plain transposeRight)

            max byLeft byRight)
