namespace Functional.Core.Tests

open System
open FsCheck
open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Tensors
open Xunit

/// Laws of shapes that hold for every operation.
module ShapeInferenceTests =

    let private signature (inputs: OperationInput list) =
        inputs |> List.map (fun input -> input.Shape, input.ElementType)

    [<Fact>]
    let ``binding numbers after inferring a shape is inferring it from bound inputs`` () =
        Law.holds 1000 OperationCases.any (fun case ->
            let boundInputs =
                signature case.Inputs
                |> List.map (fun (shape, elementType) -> Shape.bind case.Sizes shape, elementType)

            let boundAfterwards =
                ShapeInference.infer case.Operation (signature case.Inputs)
                |> Result.map (fun (shape, elementType) -> Shape.bind case.Sizes shape, elementType)

            let boundBefore =
                ShapeInference.infer (OperationSizes.bind case.Sizes case.Operation) boundInputs

            Result.isOk boundAfterwards && boundAfterwards = boundBefore)

    let private valueOf (case: OperationCase) position (input: OperationInput) : Literal =
        let lengths = Shape.known (Shape.bind case.Sizes input.Shape)

        match input.Below with
        | Some limit -> Samples.indices (Dimension.bind case.Sizes limit |> Dimension.tryKnown |> Option.get) 5 lengths
        | None when input.ElementType = ElementType.Bool -> Samples.conditions position lengths
        | None -> Samples.any position lengths

    [<Fact>]
    let ``the value of every operation has as many elements as its inferred shape`` () =
        Law.holds 1000 OperationCases.any (fun case ->
            let nodes =
                case.Inputs
                |> List.mapi (fun position input -> Ops.input $"x{position}" input.Shape input.ElementType)

            let values =
                case.Inputs
                |> List.mapi (fun position input -> $"x{position}", valueOf case position input)
                |> Map.ofList

            let output = Node.Create(case.Operation, Array.ofList nodes)

            let result =
                Interpreter.runWith case.Sizes (fun _ name -> values[name]) (Graph.create [ output ])
                |> List.head

            let expected = Shape.known (Shape.bind case.Sizes output.Shape)

            List.ofSeq result.Dimensions = expected
            && result.Values.Length = List.fold (*) 1 expected
            && result.ElementType = output.ElementType)

    [<Fact>]
    let ``a wrong number of inputs is refused with both numbers`` () =
        Law.holds 300 OperationCases.any (fun case ->
            let one = Shape.ofInts [ 2 ], ElementType.Float64
            let inputs = signature case.Inputs

            match case.Operation with
            // Takes any number.
            | Operation.Concatenate _ -> ShapeInference.infer case.Operation [] = Error(ShapeError.InputCount(1, 0))
            | operation ->
                ShapeInference.infer operation (one :: inputs) =
                    Error(ShapeError.InputCount(inputs.Length, inputs.Length + 1)))

    [<Fact>]
    let ``a node that cannot be is refused with the sentence of its error`` () =
        let x = Ops.input "x" (Shape.ofInts [ 2; 3 ]) ElementType.Float64
        let y = Ops.input "y" (Shape.ofInts [ 4 ]) ElementType.Float64
        let error = Assert.Throws<ArgumentException>(fun () -> x + y |> ignore)

        Assert.StartsWith(
            "shapes (2, 3) and (4,) cannot be broadcast together: aligned at the right, lengths must be equal or 1",
            error.Message
        )
