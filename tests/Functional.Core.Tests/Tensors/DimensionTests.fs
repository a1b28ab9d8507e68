namespace Functional.Core.Tests

open System
open FsCheck.FSharp
open Functional.Core.Tensors
open Xunit

module DimensionTests =

    let private batch = Dimension.batch
    let private time = Dimension.named "time"
    let private known = Dimension.known

    let private expressions (count: int) =
        Gen.listOfLength count LengthExpression.any.Generator
        |> Gen.map (List.map LengthExpression.build)
        |> Arb.fromGen

    let private commute (a: Dimension) (b: Dimension) = a + b = b + a && a * b = b * a

    let private associate (a: Dimension) (b: Dimension) (c: Dimension) =
        (a + b) + c = a + (b + c) && (a * b) * c = a * (b * c)

    [<Fact>]
    let ``lengths are a commutative ring`` () =
        Law.holds 200 (expressions 3) (fun lengths ->
            let a, b, c = lengths[0], lengths[1], lengths[2]
            let zero, one = known 0, known 1

            commute a b
            && associate a b c
            && a * (b + c) = a * b + a * c
            && a + zero = a
            && a * one = a
            && a * zero = zero
            && a - a = zero
            && a - b = a + known -1 * b)

    [<Fact>]
    let ``binding numbers is what computing with numbers gives`` () =
        let cases =
            Gen.zip LengthExpression.any.Generator SymbolicCases.sizes |> Arb.fromGen

        Law.holds 500 cases (fun (expression, sizes) ->
            let bound = Dimension.bind sizes (LengthExpression.build expression)
            Dimension.tryKnown bound = Some(LengthExpression.evaluate sizes expression))

    /// Polynomials of lengths that are not numbers of samples.
    let private axes (count: int) =
        let rec rename expression =
            match expression with
            | Known _ -> expression
            | Named name -> Named(if name = "batch" then "width" else name)
            | Sum(left, right) -> Sum(rename left, rename right)
            | Difference(left, right) -> Difference(rename left, rename right)
            | Product(left, right) -> Product(rename left, rename right)
            | Quotient(dividend, divisor) -> Quotient(rename dividend, divisor)

        Gen.listOfLength count (Gen.map (rename >> LengthExpression.build) LengthExpression.any.Generator)

    [<Fact>]
    let ``lengths meet in one of them, whatever their order, and a length meets itself`` () =
        Law.holds 500 (Arb.fromGen (axes 2)) (fun lengths ->
            let a, b = lengths[0], lengths[1]

            Dimension.tryMeet a a = Some a
            && Dimension.tryMeet a b = Dimension.tryMeet b a
            && (Dimension.tryMeet a b).IsSome = Dimension.mayEqual a b
            && Dimension.tryMeet a b
               |> Option.forall (fun common -> List.contains common [ a; b ]))

    [<Fact>]
    let ``lengths that are equal for some sizes may be equal`` () =
        let cases =
            Gen.zip (axes 2) (Gen.two (Gen.choose (1, 7)))
            |> Gen.map (fun (lengths, (width, time)) -> lengths, Map [ "width", width; "time", time ])

        Law.holds 500 (Arb.fromGen cases) (fun (lengths, sizes) ->
            let bound = lengths |> List.map (Dimension.bind sizes)
            bound[0] <> bound[1] || Dimension.mayEqual lengths[0] lengths[1])

    [<Fact>]
    let ``a known length stands for an unknown one, a name for what is computed, and samples only for themselves`` () =
        let time, width = Dimension.named "time", Dimension.named "width"
        let pooled = known 2 * Dimension.floorDivide 2 time

        Assert.Equal(Some(known 5), Dimension.tryMeet time (known 5))
        Assert.Equal(Some time, Dimension.tryMeet pooled time)
        Assert.Equal(Some time, Dimension.tryMeet width time)
        Assert.Equal(None, Dimension.tryMeet time (time + known 1))
        Assert.Equal(None, Dimension.tryMeet (known 4) (known 5))
        Assert.Equal(None, Dimension.tryMeet batch (known 5))
        Assert.Equal(None, Dimension.tryMeet batch time)

    [<Fact>]
    let ``binding one name after another is binding both`` () =
        let cases =
            Gen.zip LengthExpression.any.Generator SymbolicCases.sizes |> Arb.fromGen

        Law.holds 200 cases (fun (expression, sizes) ->
            let length = LengthExpression.build expression

            let oneByOne =
                Map.toList sizes
                |> List.fold (fun state binding -> Dimension.bind (Map [ binding ]) state) length

            oneByOne = Dimension.bind sizes length)

    [<Fact>]
    let ``the names are those that binding needs`` () =
        Law.holds 200 LengthExpression.any (fun expression ->
            let length = LengthExpression.build expression
            let sizes = Dimension.names length |> Seq.map (fun name -> name, 3) |> Map.ofSeq
            Dimension.tryKnown (Dimension.bind sizes length) |> Option.isSome)

    [<Fact>]
    let ``whole multiples of the divisor leave a floor division`` () =
        let cases =
            Gen.zip (Gen.two LengthExpression.any.Generator) (Gen.choose (1, 5))
            |> Arb.fromGen

        Law.holds 200 cases (fun ((left, right), divisor) ->
            let left, right = LengthExpression.build left, LengthExpression.build right

            Dimension.floorDivide divisor (left + known divisor * right) = Dimension.floorDivide divisor left + right)

    [<Theory>]
    [<InlineData(7, 2, 3)>]
    [<InlineData(8, 2, 4)>]
    [<InlineData(-1, 2, -1)>]
    [<InlineData(0, 3, 0)>]
    [<InlineData(5, 1, 5)>]
    let ``a known length is divided downwards`` (size: int) (divisor: int) (expected: int) =
        Assert.Equal(known expected, Dimension.floorDivide divisor (known size))

    [<Theory>]
    [<InlineData(0)>]
    [<InlineData(-2)>]
    let ``a divisor below 1 is refused and named`` (divisor: int) =
        let error =
            Assert.Throws<ArgumentException>(fun () -> Dimension.floorDivide divisor batch |> ignore)

        Assert.StartsWith($"A length is divided by 1 or more, but the divisor is {divisor}.", error.Message)

    [<Fact>]
    let ``a product divided by one factor is the other, when the factor is one term`` () =
        let cases =
            gen {
                let! length = LengthExpression.any.Generator
                let! factor = Gen.choose (1, 5)
                let! atoms = Gen.elements [ known 1; batch; time; batch * time; time * time ]
                return LengthExpression.build length, known factor * atoms
            }

        Law.holds 300 (Arb.fromGen cases) (fun (length, divisor) ->
            Dimension.tryDivide (length * divisor) divisor = Some length)

    [<Fact>]
    let ``what tryDivide gives, times the divisor, is the dividend`` () =
        Law.holds 500 (expressions 2) (fun lengths ->
            match Dimension.tryDivide lengths[0] lengths[1] with
            | Some quotient -> quotient * lengths[1] = lengths[0]
            | None -> true)

    [<Fact>]
    let ``lengths that do not divide for every value are not divided`` () =
        Assert.Equal(None, Dimension.tryDivide (batch + known 1) (known 2))
        Assert.Equal(None, Dimension.tryDivide (known 4) batch)
        Assert.Equal(None, Dimension.tryDivide (known 4) (known 0))
        Assert.Equal(None, Dimension.tryDivide (known 0) (known 0))
        Assert.Equal(None, Dimension.tryDivide batch (batch + known 1))
        Assert.Equal(Some(known 0), Dimension.tryDivide (known 0) batch)
        Assert.Equal(Some(known 1), Dimension.tryDivide (batch + known 1) (batch + known 1))
        // (batch*time + time) / time: the order of the terms changes.
        Assert.Equal(Some(batch + known 1), Dimension.tryDivide (batch * time + time) time)

    [<Fact>]
    let ``a length is known when no name is left in it`` () =
        Assert.Equal(Some 0, Dimension.tryKnown (known 0))
        Assert.Equal(Some 5, Dimension.tryKnown (known 2 + known 3))
        Assert.Equal(Some 3, Dimension.tryKnown (batch - batch + known 3))
        Assert.Equal(None, Dimension.tryKnown (batch + known 3))
        Assert.True(Dimension.isKnown 5 (known 5))
        Assert.False(Dimension.isKnown 5 batch)

    [<Fact>]
    let ``only a name alone has a name`` () =
        Assert.Equal(Some "batch", Dimension.tryName batch)
        Assert.Equal(None, Dimension.tryName (batch + known 1))
        Assert.Equal(None, Dimension.tryName (known 2 * batch))
        Assert.Equal(None, Dimension.tryName (known 2))
        Assert.Equal<Set<string>>(set [ "batch"; "time" ], Dimension.names (Dimension.floorDivide 2 (batch * time)))

    [<Fact>]
    let ``names that are not given stay`` () =
        Assert.Equal(time + known 3, Dimension.bind (Map [ "batch", 3 ]) (batch + time))

    let printed: (Dimension * string) list = [
        known 0, "0"
        known 32, "32"
        known -3, "-3"
        batch, "batch"
        known 2 * batch + known 1, "2*batch + 1"
        batch - known 1, "batch - 1"
        known 1 - batch, "-batch + 1"
        batch * time - known 2 * time, "-2*time + batch*time"
        Dimension.floorDivide 2 (batch + known 1), "(batch + 1)/2"
        Dimension.floorDivide 2 (known 2 * batch + known 5), "batch + 2"
    ]

    [<Fact>]
    let ``a length reads like a formula`` () =
        Assert.Equal<string list>(List.map snd printed, List.map (fst >> string) printed)
