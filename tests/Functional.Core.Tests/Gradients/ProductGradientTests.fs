namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Tensors
open Xunit

module ProductGradientTests =

    type private Matrices = {
        Leading: int list
        Rows: int
        Inner: int
        Columns: int
        Seed: int
    }

    let private matrices: Arbitrary<Matrices> =
        let generator =
            gen {
                let! leading = Cases.lengths 0 2
                let! sides = Gen.choose (1, 3) |> Gen.listOfLength 3
                let! seed = Gen.choose (0, 1000)

                return {
                    Leading = List.map (min 2) leading
                    Rows = sides[0]
                    Inner = sides[1]
                    Columns = sides[2]
                    Seed = seed
                }
            }

        let smaller matrices =
            seq {
                if not matrices.Leading.IsEmpty then
                    {
                        matrices with
                            Leading = List.tail matrices.Leading
                    }

                if matrices.Rows > 1 then
                    { matrices with Rows = 1 }

                if matrices.Inner > 1 then
                    { matrices with Inner = 1 }

                if matrices.Columns > 1 then
                    { matrices with Columns = 1 }
            }

        Arb.fromGenShrink (generator, smaller)

    let private values (seed: int) (leading: int list) transposed rows columns : Literal =
        Samples.any seed (leading @ (if transposed then [ columns; rows ] else [ rows; columns ]))

    [<Theory>]
    [<InlineData(false, false)>]
    [<InlineData(false, true)>]
    [<InlineData(true, false)>]
    [<InlineData(true, true)>]
    let ``a matrix product has the slopes of its differences in both sides`` (left: bool) (right: bool) =
        GradientLaw.holdsTwice matrices (fun case ->
            GradientLaw.case
                [
                    values case.Seed case.Leading left case.Rows case.Inner
                    values (case.Seed + 1) case.Leading right case.Inner case.Columns
                ]
                (fun nodes -> Ops.matMulWith left right nodes[0] nodes[1]))

    [<Fact>]
    let ``a matrix times itself has the sum of both slopes`` () =
        GradientLaw.holdsTwice matrices (fun case ->
            GradientLaw.case [ values case.Seed case.Leading false case.Rows case.Rows ] (fun nodes ->
                Ops.matMul nodes[0] nodes[0]))

    [<Fact>]
    let ``dense has the slopes of its differences for any number of leading axes`` () =
        GradientLaw.holdsTwice matrices (fun case ->
            GradientLaw.case
                [
                    Samples.any case.Seed (case.Leading @ [ case.Inner ])
                    Samples.any (case.Seed + 1) [ case.Inner; case.Columns ]
                ]
                (fun nodes -> Ops.dense nodes[1] nodes[0]))

    /// A shape, one of its axes, a shape of indices, and a seed.
    let private lookups: Arbitrary<int list * int * int list * int> =
        let generator =
            gen {
                let! lengths = Cases.lengths 1 3
                let! axis = Gen.choose (0, lengths.Length - 1)
                let! indices = Cases.lengths 0 2
                let! seed = Gen.choose (0, 1000)
                return lengths, axis, List.map (min 3) indices, seed
            }

        Arb.fromGenShrink (
            generator,
            fun (lengths, axis, indices, seed) ->
                seq {
                    for smaller in Cases.smallerLengths lengths do
                        smaller, axis, indices, seed

                    for smaller in Cases.smallerLengths indices do
                        lengths, axis, smaller, seed
                }
        )

    let private indexLeaf (lengths: int list) : Node =
        Ops.input "indices" (Shape.ofInts lengths) ElementType.Int32

    [<Fact>]
    let ``gather sends to every entry the gradients of all its copies`` () =
        GradientLaw.holdsTwice lookups (fun (lengths, axis, indices, seed) -> {
            Values = [ Samples.any seed lengths ]
            Others = Map [ "indices", Samples.indices lengths[axis] seed indices ]
            Function = fun nodes -> Ops.gather axis (indexLeaf indices) (Ops.sin nodes[0])
        })

    [<Fact>]
    let ``scatterAdd sends to every update the gradient of the entry it was added to`` () =
        GradientLaw.holdsTwice lookups (fun (lengths, axis, indices, seed) ->
            let updates = List.take axis lengths @ indices @ List.skip (axis + 1) lengths

            {
                Values = [ Samples.any seed updates ]
                Others = Map [ "indices", Samples.indices lengths[axis] seed indices ]
                Function =
                    fun nodes ->
                        Ops.scatterAdd axis (Dimension.known lengths[axis]) (indexLeaf indices) (Ops.sin nodes[0])
            })
