namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Tensors

/// A layer whose kernel (or embeddings) is divided by its largest singular value at every training step, estimated by
/// power iteration on the kernel as a matrix of its last axis. The divided kernel takes the kernel's place: it is what
/// the gradient is taken of and what the optimizer goes on from. In inference the inner layer does what it does alone.
/// Weights: the inner kernel, vector_u (1, last axis of the kernel), the other inner weights.
/// Miyato et al. 2018; keras/src/layers/normalization/spectral_normalization.py
type SpectralNormalization = { Layer: Layer; PowerIterations: int }

[<RequireQualifiedAccess>]
module SpectralNormalization =

    // Keras's normalize takes at least this as a length (keras/src/utils/numerical_utils.py).
    let private smallestLength = 1e-12

    /// Keras's arguments; the inner layer is written by the registry, which is made of all layers.
    let toConfig (saved: Layer -> ConfigValue) (settings: SpectralNormalization) : Config = [
        "layer", saved settings.Layer
        "power_iterations", Arguments.ofInt settings.PowerIterations
    ]

    /// Settings from Keras's arguments; the inner layer is read by the registry.
    let ofConfig (read: ConfigValue -> Layer) (config: Config) : SpectralNormalization = {
        Layer =
            match Config.tryFind "layer" config with
            | Some saved -> read saved
            | None -> invalidArg "layer" "'layer' has no default: it must be given."
        PowerIterations = Config.int "power_iterations" 1 config
    }

    let private functionOf (inner: Layer) =
        match inner.Body with
        | LayerBody.Function(build, call) -> build, call
        | LayerBody.Input _
        | LayerBody.Nested _ ->
            invalidArg
                "layer"
                $"SpectralNormalization: layer must be a layer with a kernel, but is '{Layer.displayName inner}' ({inner.ClassName})."

    /// The position of the kernel among the inner layer's weights.
    let private kernelIndex (inner: Layer) (specifications: WeightSpecification list) : int =
        let named name =
            specifications |> List.tryFindIndex (fun weight -> weight.Name = name)

        match named "kernel", named "embeddings" with
        | Some index, _
        | None, Some index -> index
        | None, None ->
            invalidArg
                "layer"
                $"SpectralNormalization: layer must have a weight 'kernel' or 'embeddings', but '{Layer.displayName inner}' ({inner.ClassName}) has %A{specifications |> List.map _.Name}."

    let private build (inner: Layer) (inputs: InputSpecification list) : WeightSpecification list =
        let specifications = fst (functionOf inner) inputs

        let named =
            specifications
            |> List.map (fun weight -> {
                weight with
                    Name = $"{Layer.displayName inner}/{weight.Name}"
            })

        let index = kernelIndex inner specifications

        let direction =
            LayerWeight.statistic
                "vector_u"
                [ 1; List.last named[index].Dimensions ]
                (Initializer.truncatedNormal 0.0 0.02 None)

        named[index] :: direction :: List.removeAt index named

    let private unit (vector: Node) : Node =
        let length = Ops.sqrt (Ops.sum (Ops.allAxes vector) true (Ops.square vector))
        vector / Ops.maximum length (vector.Number smallestLength)

    /// The next direction and the kernel divided by its largest singular value; both unchanged where the kernel is all 0.
    let private normalized (iterations: int) (kernel: Node) (direction: Node) : Node * Node =
        let columns = Shape.last kernel.Shape

        let rows =
            Ops.allAxes kernel
            |> List.map (fun axis -> Shape.dimension axis kernel.Shape)
            |> List.rev
            |> List.tail
            |> List.fold (*) (Dimension.known 1)

        let matrix = Ops.reshape (Shape.create [ rows; columns ]) kernel

        let iterate (left: Node, _: Node) =
            let right = unit (Ops.matMulWith false true left matrix)
            unit (Ops.matMul right matrix), right

        let next, right =
            Seq.fold (fun state _ -> iterate state) (direction, direction) (seq { 1..iterations })

        let largest =
            Ops.matMulWith false true (Ops.matMul right matrix) next
            |> Ops.reshape Shape.scalar

        let isZero =
            Ops.equal (Ops.max (Ops.allAxes kernel) false (Ops.abs kernel)) (kernel.Number 0.0)

        let divisor = Ops.select isZero (kernel.Number 1.0) largest
        Ops.select isZero direction next, kernel / divisor

    let private call (settings: SpectralNormalization) (context: CallContext) (inputs: Value list) : CallResult =
        let innerBuild, innerCall = functionOf settings.Layer

        let index =
            inputs
            |> List.map (fun input -> {
                Shape = input.Node.Shape
                ElementType = input.Node.ElementType
                MaskShape = input.Mask |> Option.map _.Shape
            })
            |> innerBuild
            |> kernelIndex settings.Layer

        let run (kernel: Node) =
            let result =
                innerCall
                    {
                        context with
                            Weights = List.insertAt index kernel (List.skip 2 context.Weights)
                    }
                    inputs

            // An update of the inner layer is about one of its weights other than the kernel.
            {
                result with
                    Updates =
                        result.Updates
                        |> List.map (fun (position, next) ->
                            (if position < index then position + 2 else position + 1), next)
            }

        match context.Mode, context.Weights with
        | Mode.Training, kernel :: direction :: _ ->
            let nextDirection, nextKernel = normalized settings.PowerIterations kernel direction

            let kernel = Ops.stopGradient nextKernel
            let result = run kernel

            {
                result with
                    Updates = (0, kernel) :: (1, Ops.stopGradient nextDirection) :: result.Updates
            }
        | _, weights -> run weights.Head

    /// The layer. Raises ArgumentException when there is no power iteration, or the inner layer has neither a kernel nor
    /// embeddings.
    let layer (saved: Layer -> ConfigValue) (name: string option) (settings: SpectralNormalization) : Layer =
        Expect.positive "SpectralNormalization" "power_iterations" settings.PowerIterations

        Layer.create "SpectralNormalization" name (toConfig saved settings) (build settings.Layer) (call settings)
