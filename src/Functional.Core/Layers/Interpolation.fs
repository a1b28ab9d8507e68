namespace Functional.Core.Layers

open System
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// How numbers between the elements of an axis are found: Keras's "interpolation".
[<RequireQualifiedAccess>]
type Interpolation =
    | Nearest
    | Bilinear
    /// Keys 1981 with a = -0.5, as TensorFlow and JAX have it.
    | Bicubic
    | Lanczos3
    | Lanczos5

/// An axis made longer or shorter: element centres are half a step inside, nothing is smoothed before it is made
/// shorter, and neighbours outside the axis have no weight (jax.image.scale_and_translate, tf.image.resize).
[<RequireQualifiedAccess>]
module Interpolation =

    let private names = [
        "nearest", Interpolation.Nearest
        "bilinear", Interpolation.Bilinear
        "bicubic", Interpolation.Bicubic
        "lanczos3", Interpolation.Lanczos3
        "lanczos5", Interpolation.Lanczos5
    ]

    /// Keras's text.
    let name (interpolation: Interpolation) : string =
        names |> List.find (snd >> (=) interpolation) |> fst

    /// The interpolation of a Keras text. Raises ArgumentException with the nearest ones.
    let ofName (text: string) : Interpolation =
        match List.tryFind (fst >> (=) text) names with
        | Some(_, interpolation) -> interpolation
        | None -> invalidArg "interpolation" (Names.unknown "interpolation" text (List.map fst names))

    let private lanczos (radius: float) (distance: float) : float =
        let sinc x =
            if x = 0.0 then 1.0 else sin (Math.PI * x) / (Math.PI * x)

        if distance >= radius then
            0.0
        else
            sinc distance * sinc (distance / radius)

    let private cubic (distance: float) : float =
        let x = distance

        if x < 1.0 then (1.5 * x - 2.5) * x * x + 1.0
        elif x < 2.0 then ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
        else 0.0

    /// The weight of an element at a distance, before the weights of a place are made to sum to 1.
    let private kernel (interpolation: Interpolation) : float -> float =
        match interpolation with
        | Interpolation.Nearest -> fun distance -> if distance <= 0.5 then 1.0 else 0.0
        | Interpolation.Bilinear -> fun distance -> max 0.0 (1.0 - distance)
        | Interpolation.Bicubic -> cubic
        | Interpolation.Lanczos3 -> lanczos 3.0
        | Interpolation.Lanczos5 -> lanczos 5.0

    /// Where the centre of a new element is among the old ones.
    let private position (length: int) (newLength: int) (target: int) : float =
        (float target + 0.5) * float length / float newLength - 0.5

    /// The weight of each old element (columns) in each new one (rows).
    let weights (interpolation: Interpolation) (length: int) (newLength: int) : float list = [
        for target in 0 .. newLength - 1 do
            let place = position length newLength target

            let row = [
                for source in 0 .. length - 1 -> kernel interpolation (abs (place - float source))
            ]

            let sum = List.sum row
            yield! row |> List.map (fun weight -> weight / sum)
    ]

    let private nearest (axis: int) (length: int) (newLength: int) (node: Node) : Node =
        let indices = [
            for target in 0 .. newLength - 1 -> floor (position length newLength target + 0.5)
        ]

        Ops.gather axis (Ops.constant (Literal.create ElementType.Int32 [ newLength ] indices)) node

    let private weighted (interpolation: Interpolation) (axis: int) (length: int) (newLength: int) (node: Node) : Node =
        let matrix =
            weights interpolation length newLength
            |> Literal.create node.ElementType [ newLength; length ]
            |> Ops.constant

        let last = Shape.rank node.Shape - 1
        let order = [ 0..last ] |> List.except [ axis ] |> (fun others -> others @ [ axis ])
        let inverse = [ 0..last ] |> List.map (fun axis -> List.findIndex ((=) axis) order)

        Ops.transpose order node
        |> Ops.dense (Ops.transpose [ 1; 0 ] matrix)
        |> Ops.transpose inverse

    /// The most numbers that a table from one axis to another may have; there is one when a layer is called, before data.
    let private largestTable = 1L <<< 24

    /// A floating value with an axis, whose length is known, brought to another length. Raises ArgumentException where the
    /// table that this needs would be too large.
    let resizeAxis (interpolation: Interpolation) (axis: int) (newLength: int) (node: Node) : Node =
        let length = Expect.length axis 0 node.Shape

        let size =
            match interpolation with
            | Interpolation.Nearest -> int64 newLength
            | Interpolation.Bilinear
            | Interpolation.Bicubic
            | Interpolation.Lanczos3
            | Interpolation.Lanczos5 -> int64 length * int64 newLength

        if length <> newLength && size > largestTable then
            invalidArg
                "inputs"
                $"cannot bring axis {axis} of input 0, of length {length}, to length {newLength}: that needs a table of {size} numbers, and {largestTable} are the limit"

        if length = newLength then
            node
        else
            match interpolation with
            | Interpolation.Nearest -> nearest axis length newLength node
            | Interpolation.Bilinear
            | Interpolation.Bicubic
            | Interpolation.Lanczos3
            | Interpolation.Lanczos5 -> weighted interpolation axis length newLength node

    /// Images (batch, height, width, channels) in another size.
    let resize (interpolation: Interpolation) (height: int, width: int) (images: Node) : Node =
        images |> resizeAxis interpolation 1 height |> resizeAxis interpolation 2 width
