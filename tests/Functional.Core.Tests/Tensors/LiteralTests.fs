namespace Functional.Core.Tests

open System
open Functional.Core.Tensors
open Xunit

module LiteralTests =

    let private scalar = Literal.scalar ElementType.Float64

    [<Fact>]
    let ``literals are equal to the last bit`` () =
        Assert.Equal(scalar nan, scalar nan)
        Assert.NotEqual(scalar 0.0, scalar -0.0)
        Assert.NotEqual(scalar 1.0, Literal.scalar ElementType.Float32 1.0)
        Assert.NotEqual(scalar 1.0, Literal.create ElementType.Float64 [ 1 ] [ 1.0 ])

    [<Fact>]
    let ``equal literals have equal hashes`` () =
        Law.holds 100 (Cases.shapes 0 3) (fun (lengths, seed) ->
            let one, other = Samples.any seed lengths, Samples.any seed lengths
            one.Equals other && one.GetHashCode() = other.GetHashCode())

    [<Fact>]
    let ``changing any one value makes another literal`` () =
        Law.holds 50 (Cases.shapes 0 2) (fun (lengths, seed) ->
            let literal = Samples.any seed lengths

            [ 0 .. literal.Values.Length - 1 ]
            |> List.forall (fun index ->
                let changed = literal.Values.SetItem(index, literal.Values[index] + 1.0)
                not (literal.Equals { literal with Values = changed })))

    [<Fact>]
    let ``a number of values that does not fit the shape is refused`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () -> Literal.create ElementType.Float64 [ 2; 3 ] [ 1.0 ] |> ignore)

        Assert.StartsWith("Expected 6 values for shape [2; 3], but found 1.", error.Message)

    [<Fact>]
    let ``a literal knows its shape`` () =
        let literal = Literal.create ElementType.Int32 [ 2; 1 ] [ 4.0; 5.0 ]
        Assert.Equal(Shape.ofInts [ 2; 1 ], Literal.shape literal)
        Assert.Equal(4.0, Literal.item literal)

    let elementTypes =
        TheoryData<string>(UnionCases.all<ElementType>() |> List.map ElementType.name)

    [<Theory; MemberData(nameof elementTypes)>]
    let ``a type is found under its name`` (name: string) =
        Assert.Equal(Some name, ElementType.tryOfName name |> Option.map ElementType.name)

    [<Fact>]
    let ``element types have their sizes, and only the floating ones have gradients`` () =
        let facts = [
            for elementType in UnionCases.all<ElementType>() ->
                ElementType.name elementType, ElementType.sizeInBytes elementType, ElementType.isFloating elementType
        ]

        Assert.Equal<(string * int * bool) list>(
            [ "float32", 4, true; "float64", 8, true; "int32", 4, false; "bool", 1, false ],
            facts
        )

        Assert.Equal(None, ElementType.tryOfName "float16")
