namespace Functional.Core.Tests

open System
open Functional.Core.Configuration
open Functional.Core.Optimizers
open Xunit

/// How values of configurations stand in messages.
module ConfigTextTests =

    [<Fact>]
    let ``a value is written as JSON has it`` () =
        let value =
            ConfigValue.Object [
                "class_name", ConfigValue.String "Adam"
                "list",
                ConfigValue.List [
                    ConfigValue.Int 1L
                    ConfigValue.Float 0.5
                    ConfigValue.Null
                    ConfigValue.Bool true
                ]
                "empty", ConfigValue.Object []
            ]

        Assert.Equal("""{"class_name": "Adam", "list": [1, 0.5, null, true], "empty": {}}""", string value)

    [<Fact>]
    let ``a long value is cut, however long and deep it is`` () =
        let long = ConfigValue.List(List.replicate 100000 (ConfigValue.String "abc"))

        let deep =
            Seq.fold (fun value _ -> ConfigValue.List [ value; value ]) ConfigValue.Null [ 1..60 ]

        for value in [ long; deep; ConfigValue.String(String('x', 100000)) ] do
            let text = string value
            Assert.Equal(103, text.Length)
            Assert.EndsWith("...", text)

    [<Fact>]
    let ``a message about a wrong value shows it`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () ->
                Optimizer.ofNameWith "adam" [ "beta_1", ConfigValue.Object [ "a", ConfigValue.Int 1L ] ]
                |> ignore)

        Assert.StartsWith("""'beta_1' must be a number, but is {"a": 1}.""", error.Message)

    [<Fact>]
    let ``an argument that is no number is refused by name`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () ->
                Optimizer.ofNameWith "Adam" [ "learning_rate", ConfigValue.Float nan ] |> ignore)

        Assert.StartsWith("optimizer Adam: learning_rate must be a number, but is NaN.", error.Message)
