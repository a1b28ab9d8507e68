namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Tensors

/// Shapes, axes and broadcast patterns to try laws on. Every case carries a seed for its values and shrinks its shapes.
[<RequireQualifiedAccess>]
module Cases =

    let private seed: Gen<int> = Gen.choose (0, 1000000)

    /// Known lengths: a rank within limits, every length from 1 to 4.
    let lengths (fewest: int) (most: int) : Gen<int list> =
        gen {
            let! rank = Gen.choose (fewest, most)
            return! Gen.listOfLength rank (Gen.frequency [ 1, Gen.constant 1; 4, Gen.choose (2, 4) ])
        }

    /// Every list with one length made smaller.
    let smallerLengths (lengths: int list) : int list seq =
        seq {
            for axis, length in List.indexed lengths do
                for smaller in List.distinct [ 1; length / 2; length - 1 ] do
                    if smaller >= 1 && smaller < length then
                        List.updateAt axis smaller lengths
        }

    /// A rank within limits, and a seed.
    let shapes (fewest: int) (most: int) : Arbitrary<int list * int> =
        Arb.fromGenShrink (
            Gen.zip (lengths fewest most) seed,
            fun (lengths, seed) ->
                seq {
                    if lengths.Length > fewest then
                        List.tail lengths, seed

                    for smaller in smallerLengths lengths do
                        smaller, seed
                }
        )

    /// Some of the positions below a rank, in order.
    let someAxes (rank: int) : Gen<int list> =
        Gen.listOfLength rank (Gen.elements [ true; false ])
        |> Gen.map (List.indexed >> List.filter snd >> List.map fst)

    /// A shape of one to three axes, some of its axes, and a seed.
    let shapesWithAxes: Arbitrary<int list * int list * int> =
        let generator =
            gen {
                let! lengths = lengths 1 3
                let! axes = someAxes lengths.Length
                let! seed = seed
                return lengths, axes, seed
            }

        Arb.fromGenShrink (
            generator,
            fun (lengths, axes, seed) ->
                seq {
                    for axis in axes do
                        lengths, List.except [ axis ] axes, seed

                    for smaller in smallerLengths lengths do
                        smaller, axes, seed
                }
        )

    /// A shape of one to three axes, one of its axes, and a seed.
    let shapesWithAxis: Arbitrary<int list * int * int> =
        let generator =
            gen {
                let! lengths = lengths 1 3
                let! axis = Gen.choose (0, lengths.Length - 1)
                let! seed = seed
                return lengths, axis, seed
            }

        Arb.fromGenShrink (
            generator,
            fun (lengths, axis, seed) -> smallerLengths lengths |> Seq.map (fun smaller -> smaller, axis, seed)
        )

    /// A shape that broadcasts to another: leading axes dropped, some lengths replaced by 1.
    let broadcastingTo (lengths: int list) : Gen<int list> =
        gen {
            let! dropped = Gen.choose (0, lengths.Length)
            let! ones = someAxes (lengths.Length - dropped)

            return
                List.skip dropped lengths
                |> List.mapi (fun axis length -> if List.contains axis ones then 1 else length)
        }

    /// Whether all these shapes broadcast together.
    let broadcastTogether (shapes: int list list) : bool =
        let join state lengths =
            state |> Result.bind (Shape.tryBroadcast (Shape.ofInts lengths))

        (Ok Shape.scalar, shapes) ||> List.fold join |> Result.isOk

    /// This many shapes that broadcast together, and a seed.
    let broadcasts (count: int) : Arbitrary<int list list * int> =
        let generator =
            gen {
                let! common = lengths 0 3
                let! shapes = Gen.listOfLength count (broadcastingTo common)
                let! seed = seed
                return shapes, seed
            }

        Arb.fromGenShrink (
            generator,
            fun (shapes, seed) ->
                seq {
                    for position, lengths in List.indexed shapes do
                        if not lengths.IsEmpty then
                            List.updateAt position (List.tail lengths) shapes

                        for smaller in smallerLengths lengths do
                            List.updateAt position smaller shapes
                }
                |> Seq.filter broadcastTogether
                |> Seq.map (fun smaller -> smaller, seed)
        )

    /// A shape of one to three axes and a random choice for each of them, and a seed.
    let shapesWithChoices (choice: int -> Gen<'Choice>) : Arbitrary<(int * 'Choice) list * int> =
        gen {
            let! lengths = lengths 1 3
            let! choices = lengths |> List.map choice |> Gen.sequenceToList
            let! seed = seed
            return List.zip lengths choices, seed
        }
        |> Arb.fromGen
