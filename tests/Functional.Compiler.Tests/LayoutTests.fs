namespace Functional.Compiler.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Compiler.Planning
open Xunit

/// Layouts as functions from positions to positions.
module LayoutTests =

    let private size (layout: Layout) =
        layout.Digits |> List.fold (fun size digit -> size * digit.Extent) 1

    let private at (layout: Layout) (position: int) : int =
        List.foldBack
            (fun (digit: Digit) (rest, sum) -> rest / digit.Extent, sum + rest % digit.Extent * digit.Stride)
            layout.Digits
            (position, layout.Offset)
        |> snd

    let private shapes: Gen<int list> =
        Gen.choose (0, 4)
        |> Gen.bind (fun rank -> Gen.listOfLength rank (Gen.choose (1, 4)))

    let private strided: Gen<int list * int list> =
        shapes
        |> Gen.bind (fun extents ->
            Gen.listOfLength extents.Length (Gen.elements [ 0; 1; 2; 3; 5; 12 ])
            |> Gen.map (fun strides -> extents, strides))

    let private direct (extents: int list) (strides: int list) (position: int) : int =
        List.foldBack2
            (fun extent stride (rest, sum) -> rest / extent, sum + rest % extent * stride)
            extents
            strides
            (position, 0)
        |> snd

    let private check property generator =
        Check.One(Config.QuickThrowOnFailure.WithMaxTest 500, Prop.forAll (Arb.fromGen generator) property)

    [<Fact>]
    let ``the normal form maps positions as the strides do`` () =
        check
            (fun (extents, strides) ->
                let layout = Layout.ofStrides 0 extents strides

                [ 0 .. List.fold (*) 1 extents - 1 ]
                |> List.forall (fun position -> at layout position = direct extents strides position))
            strided

    [<Fact>]
    let ``strides that are found again map positions as the layout does`` () =
        let cases =
            Gen.zip strided shapes
            |> Gen.filter (fun ((extents, _), others) -> List.fold (*) 1 extents = List.fold (*) 1 others)

        check
            (fun ((extents, strides), others) ->
                let layout = Layout.ofStrides 0 extents strides

                match Layout.tryStrides (Array.ofList others) layout with
                | Some found ->
                    [ 0 .. List.fold (*) 1 extents - 1 ]
                    |> List.forall (fun position -> at layout position = direct others (List.ofArray found) position)
                | None -> others <> extents)
            cases

    [<Fact>]
    let ``composed layouts map positions one after the other`` () =
        let cases =
            Gen.zip strided shapes
            |> Gen.map (fun ((extents, strides), added) ->
                // From a shape with stretched axes to positions of the shape, and from there to anywhere.
                let inner = Layout.ofStrides 0 extents strides
                let contiguous = List.ofArray (Layout.contiguous (Array.ofList extents))

                let outer =
                    Layout.ofStrides 0 (added @ extents) (List.map (fun _ -> 0) added @ contiguous)

                outer, inner)

        check
            (fun (outer, inner) ->
                match Layout.tryCompose outer inner with
                | Some both ->
                    [ 0 .. size outer - 1 ]
                    |> List.forall (fun position -> at both position = at inner (at outer position))
                | None -> false)
            cases

    [<Fact>]
    let ``the identity changes neither side of a composition`` () =
        check
            (fun (extents, strides) ->
                let layout = Layout.ofStrides 0 extents strides
                let identity = Layout.identity (List.fold (*) 1 extents)
                Layout.tryCompose identity layout = Some layout)
            strided
