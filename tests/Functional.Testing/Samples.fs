namespace Functional.Testing

open FsCheck.FSharp
open Functional.Core.Tensors

/// Random arrays for properties.
[<RequireQualifiedAccess>]
module Samples =

    /// A number in [0, 1) that depends on a position in no simple way.
    let private scatter (position: int) : float =
        let value = sin (float position * 12.9898 + 4.1) * 43758.5453
        value - floor value

    /// A float64 array of a shape with values within about four of zero. None is near a multiple of one tenth, where
    /// activations have their kinks, and no two are equal.
    let ofShape (dimensions: int list) : FsCheck.Gen<Literal> =
        gen {
            let! steps = Gen.arrayOfLength (List.fold (*) 1 dimensions) (Gen.choose (-40, 39))

            return
                steps
                |> Seq.mapi (fun index step -> 0.1 * float step + 0.03 + 0.04 * scatter index)
                |> Literal.create ElementType.Float64 dimensions
        }

    /// Lengths of one to three axes, the last one from a choice.
    let shapesEndingIn (last: FsCheck.Gen<int>) : FsCheck.Gen<int list> =
        gen {
            let! count = Gen.choose (0, 2)
            let! leading = Gen.listOfLength count (Gen.choose (1, 3))
            let! length = last
            return leading @ [ length ]
        }

    /// Arrays of one to three axes.
    let arrays: FsCheck.Gen<Literal> =
        gen {
            let! shape = shapesEndingIn (Gen.choose (1, 4))
            return! ofShape shape
        }

    /// The values changed one by one, the shape kept.
    let map (change: float -> float) (literal: Literal) : Literal =
        Literal.create literal.ElementType literal.Dimensions (Seq.map change literal.Values)
