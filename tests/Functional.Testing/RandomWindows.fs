namespace Functional.Testing

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors

/// Convolutions and pools for random graphs.
[<RequireQualifiedAccess>]
module RandomWindows =

    /// A convolution or a pool over everything between a batch and channels, and what flows back through it.
    let slide (number: int) (other: int) (leaf: LeafKind -> Shape -> Node) (node: Node) : Node =
        let node =
            if Shape.rank node.Shape = 2 then
                Ops.expandDimensions [ 1 + other % 2 ] node
            else
                node

        let axes = Shape.rank node.Shape - 2
        let choice most position = 1 + (number >>> (2 * position)) % most
        let each most = [ for axis in 0 .. axes - 1 -> choice most (axis + other % 3) ]
        let size, strides, dilations = each 3, each 2, List.rev (each 2)

        let padding =
            List.map2
                (fun size dilation ->
                    Dimension.known ((size - 1) * dilation - other % 2 * (min 1 (size - 1))),
                    Dimension.known (size * dilation - 1))
                size
                dilations

        // A window of nothing but padding would have the maximum -infinity.
        let pool: PoolWindow = {
            Size = size
            Strides = strides
            Padding =
                size
                |> List.map (fun size -> Dimension.known (other % 2 * (size - 1)), Dimension.known (size - 1))
        }

        let total f =
            let result: Node = f node
            let seed = leaf LeafKind.Variable result.Shape
            let value = Ops.sum (Ops.allAxes seed) false (result * seed)

            match Gradient.tryGradients value [ node ] with
            | [ Some gradient ] -> gradient
            | _ -> result

        // Where a maximum is must not hang on rounding: no two elements are equal up to that.
        let scattered (node: Node) =
            WindowOps.maxPool pool (node + leaf LeafKind.Parameter node.Shape)

        match number % 5 with
        | 0 -> WindowOps.sumPool pool node
        | 1 -> scattered node
        | 2 -> total (if other % 2 = 0 then WindowOps.sumPool pool else scattered)
        | _ ->
            let channels = Shape.last node.Shape

            let groups =
                match Dimension.tryKnown channels with
                | Some known when other % 3 > 0 -> if other % 3 = 1 || known % 2 = 1 then known else 2
                | _ -> 1

            let window: ConvolutionWindow = {
                Strides = strides
                Padding = padding
                Dilations = dilations
                Groups = groups
            }

            let kernel =
                List.map Dimension.known size
                @ [
                    Dimension.floorDivide groups channels
                    Dimension.known (groups * (1 + other % 2))
                ]
                |> Shape.create
                |> leaf LeafKind.Parameter

            if number % 5 = 3 then
                WindowOps.convolution window kernel node
            else
                total (WindowOps.convolution window kernel)
