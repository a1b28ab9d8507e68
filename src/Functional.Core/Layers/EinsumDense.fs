namespace Functional.Core.Layers

open System.Text.RegularExpressions
open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// activation(einsum(equation, x, kernel) + bias), for equations such as "abc,cd->abd" or "...x,xy->...y". Weights: kernel,
/// and bias over the axes that are named for it. Drops the mask. keras/src/layers/core/einsum_dense.py
type EinsumDense = {
    Equation: string
    /// The lengths of the result's axes without the batch (and without "..."); None where the input says.
    OutputShape: int option list
    Activation: Activation
    /// The axes of the result that the bias has, or none for no bias.
    BiasAxes: string option
    KernelInitializer: Initializer
    BiasInitializer: Initializer
    KernelRegularizer: Regularizer option
    BiasRegularizer: Regularizer option
    ActivityRegularizer: Regularizer option
    KernelConstraint: Constraint option
    BiasConstraint: Constraint option
}

[<RequireQualifiedAccess>]
module EinsumDense =

    /// Keras's arguments.
    let toConfig (settings: EinsumDense) : Config = [
        "output_shape",
        settings.OutputShape
        |> List.map (Arguments.ofOption Arguments.ofInt)
        |> ConfigValue.List
        "equation", ConfigValue.String settings.Equation
        "activation", Activation.toConfig settings.Activation
        "bias_axes", Arguments.ofOption ConfigValue.String settings.BiasAxes
        "kernel_initializer", Initializer.toConfig settings.KernelInitializer
        "bias_initializer", Initializer.toConfig settings.BiasInitializer
        "kernel_regularizer", Regularizer.toConfig settings.KernelRegularizer
        "bias_regularizer", Regularizer.toConfig settings.BiasRegularizer
        "activity_regularizer", Regularizer.toConfig settings.ActivityRegularizer
        "kernel_constraint", Constraint.toConfig settings.KernelConstraint
        "bias_constraint", Constraint.toConfig settings.BiasConstraint
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : EinsumDense = {
        Equation = Arguments.string "equation" config
        OutputShape =
            match Config.tryFind "output_shape" config with
            | Some(ConfigValue.Int length) -> [ Some(int length) ]
            | _ ->
                Arguments.tryOpenInts "output_shape" config
                |> Option.defaultWith (fun () ->
                    invalidArg "output_shape" "'output_shape' has no default: it must be given.")
        Activation = Arguments.activation "activation" "linear" config
        BiasAxes = Config.tryString "bias_axes" config
        KernelInitializer = Arguments.initializer "kernel_initializer" (Initializer.ofName "glorot_uniform") config
        BiasInitializer = Arguments.initializer "bias_initializer" Initializer.zeros config
        KernelRegularizer = Arguments.regularizer "kernel_regularizer" config
        BiasRegularizer = Arguments.regularizer "bias_regularizer" config
        ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
        KernelConstraint = Arguments.``constraint`` "kernel_constraint" config
        BiasConstraint = Arguments.``constraint`` "bias_constraint" config
    }

    /// Keras's defaults: no activation, no bias.
    let defaults (equation: string) (outputShape: int option list) : EinsumDense =
        ofConfig [
            "equation", ConfigValue.String equation
            "output_shape", outputShape |> List.map (Arguments.ofOption Arguments.ofInt) |> ConfigValue.List
        ]

    /// The letters of an equation, and where "..." is.
    type private Equation = {
        Input: char list
        Kernel: char list
        Output: char list
        IsLeftElided: bool
        IsRightElided: bool
    }

    let private parse (equation: string) : Equation =
        let found =
            Regex.Match(
                equation.Replace(" ", ""),
                @"^(\.\.\.)?([a-zA-Z]+)(\.\.\.)?,([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]+)(\.\.\.)?$"
            )

        let group (index: int) = found.Groups[index]

        let isSound =
            found.Success
            && group(1).Success = group(5).Success
            && group(3).Success = group(7).Success
            && not (group(1).Success && group(3).Success)

        isSound
        |> Expect.argument
            "EinsumDense"
            "equation"
            equation
            "of the form 'ab,bc->ac', '...ab,bc->...ac' or 'ab...,bc->ac...'"

        {
            Input = List.ofSeq (group 2).Value
            Kernel = List.ofSeq (group 4).Value
            Output = List.ofSeq (group 6).Value
            IsLeftElided = group(1).Success
            IsRightElided = group(3).Success
        }

    /// The label of every axis: the letters, and numbers for the axes of "...".
    let private labels (equation: Equation) (letters: char list) (elided: int) : string list =
        let dots = [ for index in 1..elided -> $"...{index}" ]
        let letters = List.map string letters

        if equation.IsLeftElided then
            dots @ letters
        else
            letters @ dots

    let private elidedCount (equation: Equation) (shape: Shape) : int =
        let count = Shape.rank shape - equation.Input.Length

        if
            count < 0
            || (count > 0 && not (equation.IsLeftElided || equation.IsRightElided))
        then
            invalidArg
                "inputs"
                $"expects the {equation.Input.Length} axes of its equation, but input 0 has shape {shape}"

        count

    let private build (settings: EinsumDense) (inputs: InputSpecification list) : WeightSpecification list =
        let equation = parse settings.Equation
        let shape = Expect.singleSpecification inputs
        let elided = elidedCount equation shape
        let inputLabels = labels equation equation.Input elided

        let outputLetters =
            if equation.IsLeftElided && elided > 0 then
                equation.Output
            else
                List.tail equation.Output

        // Lengths of the axes of "..." at the end may be given, and say nothing new.
        let outputShape =
            if equation.IsRightElided then
                List.truncate outputLetters.Length settings.OutputShape
            else
                settings.OutputShape

        if outputLetters.Length <> outputShape.Length then
            invalidArg
                "output_shape"
                $"expects an output_shape of {outputLetters.Length} lengths for equation '{settings.Equation}', but it is %A{settings.OutputShape}"

        let given = List.zip outputLetters outputShape |> Map.ofList

        let length (letter: char) =
            match List.tryFindIndex ((=) (string letter)) inputLabels, Map.tryFind letter given with
            | Some axis, _ -> Expect.length axis 0 shape
            | None, Some(Some length) -> length
            | None, _ ->
                invalidArg
                    "output_shape"
                    $"cannot tell the length of axis '{letter}' of equation '{settings.Equation}' from the input or output_shape"

        let bias (axes: string) =
            let first = equation.Output |> List.findIndex (fun letter -> axes.Contains letter)

            List.skip first equation.Output
            |> List.map (fun letter -> if axes.Contains letter then length letter else 1)
            |> fun lengths ->
                if equation.IsLeftElided then
                    lengths
                else
                    lengths @ List.replicate elided 1

        [
            LayerWeight.trained
                "kernel"
                (List.map length equation.Kernel)
                settings.KernelInitializer
                settings.KernelRegularizer
                settings.KernelConstraint
            match settings.BiasAxes with
            | Some axes ->
                LayerWeight.trained
                    "bias"
                    (bias axes)
                    settings.BiasInitializer
                    settings.BiasRegularizer
                    settings.BiasConstraint
            | None -> ()
        ]

    let private call (settings: EinsumDense) (context: CallContext) (inputs: Value list) : CallResult =
        let equation = parse settings.Equation
        let node = (Expect.single inputs).Node
        let elided = elidedCount equation node.Shape

        let product =
            Einsum.contract
                (labels equation equation.Input elided)
                (List.map string equation.Kernel)
                (labels equation equation.Output elided)
                node
                context.Weights.Head

        let result =
            match context.Weights with
            | [ _; bias ] -> product + bias
            | _ -> product

        Layer.output (Activated.value settings.Activation None result)

    /// The layer. Raises ArgumentException when the equation has none of the three forms, or the bias an axis that the
    /// result has not.
    let layer (name: string option) (settings: EinsumDense) : Layer =
        let equation = parse settings.Equation

        settings.BiasAxes
        |> Option.iter (fun axes ->
            (axes <> ""
             && axes |> Seq.forall (fun letter -> List.contains letter equation.Output))
            |> Expect.argument "EinsumDense" "bias_axes" axes $"letters of the result of '{settings.Equation}'")

        Layer.create "EinsumDense" name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.ActivityRegularizer
