namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Tensors
open Xunit

module MovementGradientTests =

    /// The law for a movement of one value; the value is bent first, so that there is a second order to check.
    let private law (arbitrary: Arbitrary<'Case>) (describe: 'Case -> int list * int * (Node -> Node)) =
        GradientLaw.holdsTwice arbitrary (fun case ->
            let lengths, seed, move = describe case
            GradientLaw.case [ Samples.any seed lengths ] (List.head >> Ops.sin >> move))

    [<Fact>]
    let ``broadcast sums what flows back over the copies`` () =
        law (Cases.broadcasts 2) (fun (shapes, seed) ->
            let target =
                Shape.tryBroadcast (Shape.ofInts shapes[0]) (Shape.ofInts shapes[1])
                |> Result.defaultValue Shape.scalar

            shapes[0], seed, Ops.broadcastTo target)

    [<Fact>]
    let ``reshape sends every gradient to its element`` () =
        law (Cases.shapes 0 3) (fun (lengths, seed) ->
            let size = List.fold (*) 1 lengths
            lengths, seed, Ops.reshape (Shape.ofInts [ size; 1 ]))

    [<Fact>]
    let ``transpose sends every gradient to its element`` () =
        let cases =
            gen {
                let! lengths = Cases.lengths 1 4
                let! permutation = Gen.shuffle [| 0 .. lengths.Length - 1 |]
                let! seed = Gen.choose (0, 1000)
                return lengths, List.ofArray permutation, seed
            }

        law (Arb.fromGen cases) (fun (lengths, permutation, seed) -> lengths, seed, Ops.transpose permutation)

    /// A part of an axis of this length: where it starts, where it stops, how far apart its elements are.
    let private part (length: int) =
        gen {
            let! start = Gen.choose (0, length - 1)
            let! stop = Gen.choose (start + 1, length)
            let! stride = Gen.choose (1, 3)
            return start, stop, stride
        }

    [<Fact>]
    let ``slice with strides sends gradients to what it takes and zeros to the rest`` () =
        law (Cases.shapesWithChoices part) (fun (axes, seed) ->
            let parts =
                axes
                |> List.map (fun (_, (start, stop, stride)) -> {
                    Start = Dimension.known start
                    Stop = Dimension.known stop
                    Stride = stride
                })

            List.map fst axes, seed, Ops.slice parts)

    let private padding (_: int) =
        gen {
            let! low = Gen.choose (0, 2)
            let! high = Gen.choose (0, 2)
            let! interior = Gen.choose (0, 2)
            return low, high, interior
        }

    let private padAxes axes =
        axes
        |> List.map (fun (_, (low, high, interior)) -> {
            Low = Dimension.known low
            High = Dimension.known high
            Interior = interior
        })

    [<Fact>]
    let ``padding around and between elements gives back the gradients of the elements`` () =
        law (Cases.shapesWithChoices padding) (fun (axes, seed) -> List.map fst axes, seed, Ops.pad (padAxes axes) 0.7)

    let private cropping (length: int) =
        gen {
            let! interior = Gen.choose (0, 2)
            let spread = length + interior * (length - 1)
            let! low = Gen.choose (-2, 2)
            let! high = Gen.choose (-2, 2)
            // At least one element is left.
            return
                if spread + low + high >= 1 then
                    low, high, interior
                else
                    0, 0, interior
        }

    [<Fact>]
    let ``a negative padding takes elements away, and their gradients are zero`` () =
        law (Cases.shapesWithChoices cropping) (fun (axes, seed) -> List.map fst axes, seed, Ops.pad (padAxes axes) 0.7)

    [<Fact>]
    let ``reverse sends every gradient to its element`` () =
        law Cases.shapesWithAxes (fun (lengths, axes, seed) -> lengths, seed, Ops.reverse axes)

    [<Fact>]
    let ``concatenate gives every part its own gradients`` () =
        let cases =
            gen {
                let! lengths = Cases.lengths 1 3
                let! axis = Gen.choose (0, lengths.Length - 1)
                let! parts = Gen.choose (1, 3) |> Gen.listOfLength 3
                let! seed = Gen.choose (0, 1000)
                return lengths, axis, parts, seed
            }

        GradientLaw.holdsTwice (Arb.fromGen cases) (fun (lengths, axis, parts, seed) ->
            let values =
                parts
                |> List.mapi (fun position part -> Samples.any (seed + position) (List.updateAt axis part lengths))

            GradientLaw.case values (List.map Ops.sin >> Ops.concatenate axis))
