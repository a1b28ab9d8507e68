namespace Functional.Compiler.Passes.Laws

open Functional.Core.Graph
open Functional.Core.Tensors

/// Convolutions that are something simpler.
[<RequireQualifiedAccess>]
module Convolutions =

    /// Window, shape of the input and shape of the kernel of a convolution or one of its gradients.
    let private (|AnyConvolution|_|) (node: Node) =
        match node.Operation with
        | Operation.Convolution window -> Some(window, node.Inputs[0].Shape, node.Inputs[1].Shape)
        | Operation.ConvolutionInputGradient(window, input) -> Some(window, input, node.Inputs[1].Shape)
        | Operation.ConvolutionKernelGradient(window, kernel) -> Some(window, node.Inputs[0].Shape, kernel)
        | _ -> None

    /// A value as a matrix: all axes but the last are its rows.
    let private matrix (node: Node) : Node =
        let last = Shape.last node.Shape

        let rows =
            Shape.dimensions node.Shape
            |> List.take (Shape.rank node.Shape - 1)
            |> List.fold (*) (Dimension.known 1)

        Ops.reshape (Shape.create [ rows; last ]) node

    /// Every position by itself is a row of a matrix product.
    let private pointwise (node: Node) : Node option =
        match node with
        | AnyConvolution(window, _, kernel) when
            window.Groups = 1
            && List.forall ((=) 1) window.Strides
            && window.Padding
               |> List.forall (fun (low, high) -> Dimension.isKnown 0 low && Dimension.isKnown 0 high)
            && List.take window.Strides.Length (Shape.dimensions kernel)
               |> List.forall (Dimension.isKnown 1)
            ->
            let left, right = matrix node.Inputs[0], matrix node.Inputs[1]

            match node.Operation with
            | Operation.ConvolutionInputGradient _ -> Ops.matMulWith false true left right
            | Operation.ConvolutionKernelGradient _ -> Ops.matMulWith true false left right
            | _ -> Ops.matMul left right
            |> Ops.reshape node.Shape
            |> Some
        | _ -> None

    /// Several outputs of one input channel are outputs of as many equal input channels.
    let private repeated (node: Node) : Node option =
        match node with
        | AnyConvolution(window, input, kernel) when
            window.Groups > 1
            && Shape.last input = Dimension.known window.Groups
            && Shape.last kernel <> Dimension.known window.Groups
            ->
            Dimension.tryKnown (Shape.last kernel)
            |> Option.map (fun filters ->
                let last = Shape.rank input - 1

                let each =
                    Shape.create (Shape.dimensions input @ [ Dimension.known (filters / window.Groups) ])

                let wide = Shape.withDimension last (Dimension.known filters) input
                let window = { window with Groups = filters }

                let repeat value =
                    value |> Ops.expandDimensions [ -1 ] |> Ops.broadcastTo each |> Ops.reshape wide

                match node.Operation with
                | Operation.ConvolutionInputGradient _ ->
                    WindowOps.convolutionInputGradient window wide node.Inputs[1] node.Inputs[0]
                    |> Ops.reshape each
                    |> Ops.sum [ -1 ] false
                | Operation.ConvolutionKernelGradient _ ->
                    WindowOps.convolutionKernelGradient window kernel (repeat node.Inputs[0]) node.Inputs[1]
                | _ -> WindowOps.convolution window node.Inputs[1] (repeat node.Inputs[0]))
        | _ -> None

    /// The laws of convolutions.
    let laws: Law list = [
        {
            Name = "a convolution of single positions = a matrix product"
            Apply = pointwise
        }
        {
            Name = "a convolution of single channels with several outputs = one of repeated channels"
            Apply = repeated
        }
    ]
