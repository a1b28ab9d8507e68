namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// Sums of products of two values whose axes have labels (Einstein's convention), as one matrix product.
[<RequireQualifiedAccess>]
module Einsum =

    let private lengthOf (labels: 'Label list) (shape: Shape) (label: 'Label) : Dimension =
        Shape.dimension (List.findIndex ((=) label) labels) shape

    let private product (lengths: Dimension list) : Dimension =
        List.fold (*) (Dimension.known 1) lengths

    /// Sums out the axes that neither the other value nor the result has.
    let private dropLonely (labels: 'Label list) (kept: 'Label list) (node: Node) : 'Label list * Node =
        let lonely =
            labels
            |> List.indexed
            |> List.filter (fun (_, label) -> not (List.contains label kept))
            |> List.map fst

        labels |> List.filter (fun label -> List.contains label kept), Ops.sum lonely false node

    /// The value with its axes in this order.
    let private arrange (labels: 'Label list) (order: 'Label list) (node: Node) : Node =
        Ops.transpose (order |> List.map (fun label -> List.findIndex ((=) label) labels)) node

    /// The axes of the result: labels in neither input are not allowed, and no label occurs twice in one value. Axes with
    /// a label that only the inputs have are summed over.
    let contract
        (leftLabels: 'Label list)
        (rightLabels: 'Label list)
        (resultLabels: 'Label list)
        (left: Node)
        (right: Node)
        : Node =
        let leftLabels, left = dropLonely leftLabels (rightLabels @ resultLabels) left
        let rightLabels, right = dropLonely rightLabels (leftLabels @ resultLabels) right
        let isIn labels label = List.contains label labels
        let shared = leftLabels |> List.filter (isIn rightLabels)
        let together = shared |> List.filter (isIn resultLabels)
        let summed = shared |> List.filter (isIn resultLabels >> not)
        let leftOnly = leftLabels |> List.filter (isIn rightLabels >> not)
        let rightOnly = rightLabels |> List.filter (isIn leftLabels >> not)
        let leftLengths = List.map (lengthOf leftLabels left.Shape)
        let rightLengths = List.map (lengthOf rightLabels right.Shape)

        let matrix lengths rows columns node =
            Ops.reshape (Shape.create (lengths together @ [ product (lengths rows); product (lengths columns) ])) node

        let leftMatrix =
            arrange leftLabels (together @ leftOnly @ summed) left
            |> matrix leftLengths leftOnly summed

        let rightMatrix =
            arrange rightLabels (together @ summed @ rightOnly) right
            |> matrix rightLengths summed rightOnly

        Ops.matMul leftMatrix rightMatrix
        |> Ops.reshape (Shape.create (leftLengths together @ leftLengths leftOnly @ rightLengths rightOnly))
        |> arrange (together @ leftOnly @ rightOnly) resultLabels
