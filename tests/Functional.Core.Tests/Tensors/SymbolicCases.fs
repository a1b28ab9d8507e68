namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Tensors

/// How a length is made, so that it can also be computed with plain numbers.
type LengthExpression =
    | Known of size: int
    | Named of name: string
    | Sum of LengthExpression * LengthExpression
    | Difference of LengthExpression * LengthExpression
    | Product of LengthExpression * LengthExpression
    | Quotient of LengthExpression * divisor: int

[<RequireQualifiedAccess>]
module LengthExpression =

    /// The length.
    let rec build (expression: LengthExpression) : Dimension =
        match expression with
        | Known size -> Dimension.known size
        | Named name -> Dimension.named name
        | Sum(left, right) -> build left + build right
        | Difference(left, right) -> build left - build right
        | Product(left, right) -> build left * build right
        | Quotient(dividend, divisor) -> Dimension.floorDivide divisor (build dividend)

    /// The number it is when names are numbers.
    let rec evaluate (sizes: Map<string, int>) (expression: LengthExpression) : int =
        match expression with
        | Known size -> size
        | Named name -> sizes[name]
        | Sum(left, right) -> evaluate sizes left + evaluate sizes right
        | Difference(left, right) -> evaluate sizes left - evaluate sizes right
        | Product(left, right) -> evaluate sizes left * evaluate sizes right
        | Quotient(dividend, divisor) -> int (floor (float (evaluate sizes dividend) / float divisor))

    let rec private generate (depth: int) : Gen<LengthExpression> =
        let leaf =
            Gen.oneof [
                Gen.choose (-4, 4) |> Gen.map Known
                Gen.elements [ "batch"; "time" ] |> Gen.map Named
            ]

        if depth = 0 then
            leaf
        else
            let part = generate (depth - 1)

            Gen.frequency [
                2, leaf
                2, Gen.map2 (fun left right -> Sum(left, right)) part part
                1, Gen.map2 (fun left right -> Difference(left, right)) part part
                2, Gen.map2 (fun left right -> Product(left, right)) part part
                1, Gen.map2 (fun dividend divisor -> Quotient(dividend, divisor)) part (Gen.choose (1, 4))
            ]

    let private parts (expression: LengthExpression) : LengthExpression seq =
        match expression with
        | Known 0 -> Seq.empty
        | Known _
        | Named _ -> Seq.singleton (Known 0)
        | Sum(left, right)
        | Difference(left, right)
        | Product(left, right) ->
            seq {
                left
                right
            }
        | Quotient(dividend, _) -> Seq.singleton dividend

    /// Polynomials over "batch" and "time", with floor divisions; they shrink to their parts.
    let any: Arbitrary<LengthExpression> = Arb.fromGenShrink (generate 3, parts)

/// Shapes with lengths that are not known yet, and numbers for them.
[<RequireQualifiedAccess>]
module SymbolicCases =

    /// Numbers for "batch" and "time".
    let sizes: Gen<Map<string, int>> =
        Gen.choose (1, 7)
        |> Gen.two
        |> Gen.map (fun (batch, time) -> Map [ "batch", batch; "time", time ])

    let private length: Gen<Dimension> =
        Gen.frequency [
            4, Gen.choose (1, 4) |> Gen.map Dimension.known
            3, Gen.elements [ Dimension.batch; Dimension.named "time" ]
            1, Gen.elements [ Dimension.batch + Dimension.known 1; Dimension.batch * Dimension.known 2 ]
        ]

    /// A shape of this many axes, some of unknown length.
    let shapeOf (rank: int) : Gen<Shape> =
        Gen.listOfLength rank length |> Gen.map Shape.create

    /// A shape that broadcasts to another.
    let broadcastingTo (shape: Shape) : Gen<Shape> =
        gen {
            let! dropped = Gen.choose (0, Shape.rank shape)
            let! ones = Cases.someAxes (Shape.rank shape - dropped)

            return
                List.skip dropped (Shape.dimensions shape)
                |> List.mapi (fun axis length ->
                    if List.contains axis ones then
                        Dimension.known 1
                    else
                        length)
                |> Shape.create
        }
