namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// One call of a layer whose gradient is to be compared with differences.
[<NoEquality; NoComparison>]
type LayerCase = {
    Layer: Layer
    Mode: Mode
    Arguments: Config
    /// Floating inputs (differentiated) come first, then whole numbers and masks.
    Inputs: Literal list
}

/// Gradients of layers, by their inputs and all their weights, against central differences in float64.
[<RequireQualifiedAccess>]
module LayerGradient =

    /// A case without masks.
    let case (layer: Layer) (mode: Mode) (inputs: Literal list) : LayerCase = {
        Layer = layer
        Mode = mode
        Arguments = []
        Inputs = inputs
    }

    /// The case with a mask on its first input.
    let masked (mask: Literal) (case: LayerCase) : LayerCase = {
        case with
            Arguments = [ "mask", ConfigValue.Int(int64 case.Inputs.Length) ]
            Inputs = case.Inputs @ [ mask ]
    }

    /// Small values of a shape, away from kinks and from each other.
    let values (dimensions: int list) : Gen<Literal> =
        Samples.ofShape dimensions |> Gen.map (Samples.map (fun value -> 0.3 * value))

    /// A mask (batch, steps) with at least one true step in every row.
    let mask (batch: int) (steps: int) : Gen<Literal> =
        gen {
            let! bits = Gen.listOfLength (batch * steps) (Gen.elements [ 0.0; 1.0 ])

            return
                bits
                |> List.mapi (fun index bit -> if index % steps = 0 then 1.0 else bit)
                |> Literal.create ElementType.Bool [ batch; steps ]
        }

    let private modelOf (case: LayerCase) : Model =
        let inputs =
            case.Inputs
            |> List.map (fun input ->
                let lengths =
                    input.Dimensions |> Seq.skip 1 |> Seq.map Dimension.known |> List.ofSeq

                Model.input None lengths input.ElementType)

        Model.create None "Functional" inputs (Lowering.applyWith case.Arguments case.Layer inputs)

    let private isFloating (literal: Literal) : bool =
        ElementType.isFloating literal.ElementType

    /// All outputs and penalties as one vector.
    let private results (case: LayerCase) (model: Model) (nodes: Node list) : Node =
        let floating = case.Inputs |> List.filter isFloating |> List.length

        let others =
            case.Inputs
            |> List.skip floating
            |> List.mapi (fun index input -> Ops.input $"other{index}" (Literal.shape input) input.ElementType)

        let inputs, weights = List.splitAt floating nodes

        let lowered =
            Lowering.model
                {
                    Mode = case.Mode
                    Floating = ElementType.Float64
                    Weights = fun _ -> weights
                    Trainable = fun _ -> true
                    Key = ModelLeaves.key
                }
                model
                (inputs @ others |> List.map Value.ofNode)

        (lowered.Outputs |> List.map _.Node) @ lowered.Losses
        |> List.map (fun node -> Ops.reshape (Shape.create [ Shape.size node.Shape ]) node)
        |> Ops.concatenate 0

    /// Values for weights; variances are positive.
    let private weightsOf (model: Model) : Gen<Literal list> =
        Model.weights model
        |> List.map (fun weight ->
            let isVariance =
                weight.Specification.Name.EndsWith("variance", System.StringComparison.Ordinal)

            values weight.Specification.Dimensions
            |> Gen.map (Samples.map (fun value -> if isVariance then abs value + 0.5 else value)))
        |> Gen.sequenceToList

    /// Whether the gradients of generated cases agree with differences.
    let holds (cases: Gen<LayerCase>) : unit =
        let withWeights =
            gen {
                let! case = cases
                let model = modelOf case
                let! weights = weightsOf model
                return case, model, weights
            }

        GradientLaw.holds (Arb.fromGen withWeights) (fun (case, model, weights) ->
            let floating, others = case.Inputs |> List.partition isFloating

            {
                Values = floating @ weights
                Others =
                    others
                    |> List.mapi (fun index input -> $"other{index}", input)
                    |> List.append [ "key", Literal.create ElementType.Int32 [ 2 ] [ 7.0; 3.0 ] ]
                    |> Map.ofList
                Function = results case model
            })

    /// A layer of one input in one mode, over generated settings and shapes.
    let holdsFor (mode: Mode) (cases: Gen<Layer * int list>) : unit =
        gen {
            let! layer, shape = cases
            let! input = values shape
            return case layer mode [ input ]
        }
        |> holds

    /// Shapes (batch, ..., last) with a number of axes and lengths from 1 to 3.
    let shapes (rank: int) : Gen<int list> =
        Gen.listOfLength rank (Gen.choose (1, 3))
