namespace Functional.Core.Tests

open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// A kernel divided by its largest singular value at every training step.
type SpectralNormalizationTests() =

    static let wrap (iterations: int) (inner: Layer) : Layer =
        LayerRegistry.create "SpectralNormalization" None [
            "layer", ConfigValue.Object(LayerRegistry.toConfig (Layer.displayName inner) inner)
            "power_iterations", ConfigValue.Int(int64 iterations)
        ]

    static let number (dimensions: int list) (values: float list) =
        Literal.create ElementType.Float64 dimensions values

    static let modelOf (layer: Layer) : Model =
        let x = Model.input None [ Dimension.known 2 ] ElementType.Float32
        Model.create None "Functional" [ x ] (Lowering.apply layer [ x ])

    static let dense change =
        Dense.layer None (change (Dense.defaults 2))

    static let zero = number [ 1; 2 ] [ 0.0; 0.0 ]

    /// The weights after a step on inputs of zeros: the step changes nothing that the layer did not change before it.
    static let after (model: Model) (weights: Literal list) : float list list =
        let _, after, _ = Evaluation.train model weights [ zero ] [ zero ]
        after |> List.map (fun weight -> List.ofSeq weight.Values)

    [<Fact>]
    member _.``the kernel comes first, then the direction, then what else the layer has``() =
        let names =
            modelOf (wrap 1 (dense id))
            |> Model.weights
            |> List.map (fun weight -> weight.Path, weight.Specification.Trainable)

        Assert.Equal<(string * bool) list>(
            [
                "spectral_normalization/dense/kernel", true
                "spectral_normalization/vector_u", false
                "spectral_normalization/dense/bias", true
            ],
            names
        )

    [<Fact>]
    member _.``a training step divides the kernel by its largest singular value``() =
        let weights = [
            number [ 2; 2 ] [ 3.0; 0.0; 0.0; 1.0 ]
            number [ 1; 2 ] [ 0.6; 0.8 ]
            number [ 2 ] [ 0.0; 0.0 ]
        ]

        let kernel = (after (modelOf (wrap 30 (dense id))) weights).Head
        Assert.Equal(1.0, kernel[0], 9)
        Assert.Equal(1.0 / 3.0, kernel[3], 9)

    [<Fact>]
    member _.``a kernel of zeros stays, and so does the direction``() =
        let weights = [
            number [ 2; 2 ] [ 0.0; 0.0; 0.0; 0.0 ]
            number [ 1; 2 ] [ 0.6; 0.8 ]
            number [ 2 ] [ 0.0; 0.0 ]
        ]

        let found = after (modelOf (wrap 2 (dense id))) weights
        Assert.Equal<float list>([ 0.0; 0.0; 0.0; 0.0 ], found[0])
        Assert.Equal<float list>([ 0.6; 0.8 ], found[1])

    [<Fact>]
    member _.``penalties are on the divided kernel, and the optimizer goes on from it``() =
        let penalized (settings: Dense) = {
            settings with
                KernelRegularizer = Some(Regularizer.l2 0.5)
        }

        let weights = [
            number [ 2; 2 ] [ 4.0; 0.0; 0.0; 4.0 ]
            number [ 1; 2 ] [ 1.0; 0.0 ]
            number [ 2 ] [ 0.0; 0.0 ]
        ]

        let model = modelOf (wrap 1 (dense penalized))
        let loss, found, _ = Evaluation.train model weights [ zero ] [ zero ]
        // The divided kernel is the unit matrix: 0.5 * 2, whose gradient is the matrix itself; the rate is 0.1.
        Assert.Equal(1.0, Literal.item loss, 9)
        Assert.Equal(0.9, found.Head.Values[0], 9)

    [<Fact>]
    member _.``inference does what the layer inside does``() =
        let kernel = number [ 2; 2 ] [ 3.0; 1.0; -2.0; 4.0 ]
        let bias = number [ 2 ] [ 0.5; -0.5 ]
        let x = number [ 1; 2 ] [ 1.0; 2.0 ]
        let wrapped = modelOf (wrap 1 (dense id))
        let alone = modelOf (dense id)

        Assert.Equal<Literal list>(
            Evaluation.run Mode.Inference alone [ kernel; bias ] [ x ],
            Evaluation.run Mode.Inference wrapped [ kernel; number [ 1; 2 ] [ 1.0; 0.0 ]; bias ] [ x ]
        )

    [<Fact>]
    member _.``a layer without a kernel is refused``() =
        let layer = wrap 1 (Identity.layer None)

        let error =
            Assert.Throws<System.ArgumentException>(fun () -> modelOf layer |> ignore)

        Assert.Contains("layer must have a weight 'kernel' or 'embeddings'", error.Message)
