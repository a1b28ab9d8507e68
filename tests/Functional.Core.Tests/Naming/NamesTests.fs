namespace Functional.Core.Tests.Naming

open System
open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Activations
open Functional.Core.Naming

module NamesTests =

    [<Fact>]
    let ``the distance of two texts is the same both ways and 0 for a text and itself`` () =
        let words =
            Gen.elements [ 'a'; 'B'; 'b'; '_' ]
            |> Gen.listOf
            |> Gen.map (Array.ofList >> String)

        Prop.forAll (Arb.fromGen (Gen.zip words words)) (fun (first, second) ->
            Names.distance first second = Names.distance second first
            && Names.distance first first = 0)
        |> Check.QuickThrowOnFailure

    [<Theory>]
    [<InlineData("relu", "rellu", 1)>]
    [<InlineData("relu", "erlu", 1)>]
    [<InlineData("relu", "RELU", 0)>]
    [<InlineData("adam", "sgd", 4)>]
    let ``the distance counts the typing mistakes`` (first: string) (second: string) (expected: int) =
        Assert.Equal(expected, Names.distance first second)

    [<Fact>]
    let ``an unknown name is an error that says what was meant and what is known`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () -> Activation.ofName "rellu" |> ignore)

        Assert.StartsWith("Unknown activation 'rellu'. Did you mean 'relu'", error.Message)
        Assert.Contains("Known: celu, elu, exponential", error.Message)

    [<Fact>]
    let ``a name that is like no other gets no suggestion`` () =
        Assert.Equal("Unknown loss 'quaternion'. Known: mse, mae.", Names.unknown "loss" "quaternion" [ "mse"; "mae" ])
