namespace Functional.Core.Tests

open Xunit
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// Models from and to Keras's configuration.
type ModelConfigTests() =

    static let text value = ConfigValue.String value

    static let lines (model: Model) : string =
        (Evaluation.lower Mode.Inference model).Outputs
        |> List.collect (fun output -> output.Node :: Option.toList output.Mask)
        |> Graph.create
        |> GraphPrinter.print

    /// What Keras itself does not keep when it saves a model again: shared object ids, and 1 for 1.0.
    static let rec plain (value: ConfigValue) : ConfigValue =
        match value with
        | ConfigValue.Int number -> ConfigValue.Float(float number)
        | ConfigValue.List items -> ConfigValue.List(List.map plain items)
        | ConfigValue.Object content ->
            content
            |> List.filter (fun (key, _) -> key <> "shared_object_id")
            |> List.map (fun (key, item) -> key, plain item)
            |> ConfigValue.Object
        | _ -> value

    static let savedLayers (config: Config) : Config list =
        match Config.tryFind "config" config with
        | Some(ConfigValue.Object content) ->
            match Config.tryFind "layers" content with
            | Some(ConfigValue.List layers) ->
                layers
                |> List.choose (fun layer ->
                    match layer with
                    | ConfigValue.Object saved -> Some saved
                    | _ -> None)
            | _ -> []
        | _ -> []

    /// Whether the layer inside a layer, if there is one, can be made.
    static let knowsInner (config: Config) : bool =
        match Config.tryFind "layer" config with
        | Some(ConfigValue.Object inner) -> LayerRegistry.isKnown (Config.string "class_name" "" inner)
        | _ -> true

    /// Layers and cells inside a layer without the shapes they were built with: these follow from the model.
    static let rec withoutShapes (config: Config) : Config =
        let rec inside value =
            match value with
            | ConfigValue.Object inner ->
                withoutShapes inner
                |> List.filter (fst >> (<>) "build_config")
                |> ConfigValue.Object
            | ConfigValue.List items -> ConfigValue.List(List.map inside items)
            | other -> other

        config |> List.map (fun (key, value) -> key, inside value)

    static let tryRead (config: Config) : Model option =
        try
            Some(ModelConfig.ofConfig config)
        with :? System.ArgumentException ->
            None

    static let input name length =
        Model.input (Some name) [ Dimension.known length ] ElementType.Float32

    static let call layer inputs =
        Lowering.apply layer inputs |> List.exactlyOne

    static let dense (name: string) units =
        Dense.layer (Some name) (Dense.defaults units)

    [<Fact>]
    member _.``a layer's arguments are written as Keras writes them``() =
        let mutable count = 0

        for fixture in LayerFixtures.all.Value do
            for saved in savedLayers fixture.Config do
                match Config.tryString "class_name" saved, Config.tryFind "config" saved with
                | Some className, Some(ConfigValue.Object config) when
                    LayerRegistry.isKnown className
                    && knowsInner config
                    && Config.tryFind "module" saved = Some(text "keras.layers")
                    && Config.tryFind "dtype" config = Some(text "float32")
                    ->
                    let layer = LayerRegistry.create className None config
                    let name = Config.string "name" "" config
                    count <- count + 1

                    // Keras writes alpha only where a user gave it.
                    let written =
                        LayerRegistry.getConfig name layer
                        |> List.filter (fun (key, _) -> key <> "alpha" || List.exists (fst >> (=) "alpha") config)

                    Assert.Equal(plain (ConfigValue.Object(withoutShapes config)), plain (ConfigValue.Object written))
                | _ -> ()

        Assert.True(count > 700)

    [<Fact>]
    member _.``a model written and read again is the same graph with the same names``() =
        let models =
            LayerFixtures.all.Value |> List.choose (fun fixture -> tryRead fixture.Config)

        Assert.True(models.Length > 300)

        for model in models do
            let again = ModelConfig.ofConfig (ModelConfig.toConfig model)
            Assert.Equal(lines model, lines again)
            Assert.Equal<string list>(Model.weights model |> List.map _.Path, Model.weights again |> List.map _.Path)
            Assert.Equal<string list>(List.map snd model.Layers, List.map snd again.Layers)

    [<Fact>]
    member _.``whole models have Keras's weights in Keras's order, from config.json and from to_json``() =
        let mutable count = 0

        for entry in Fixtures.entries "models" do
            let expected = [
                for weight in entry.GetProperty("weights").EnumerateArray() ->
                    Fixtures.text "path" weight,
                    [
                        for length in weight.GetProperty("shape").EnumerateArray() -> length.GetInt32()
                    ]
            ]

            for part in [ "config"; "architecture" ] do
                match tryRead (Fixtures.config (entry.GetProperty part)) with
                | Some model ->
                    count <- count + 1

                    let found = Model.weights model
                    Assert.Equal(expected.Length, found.Length)

                    // Keras puts a model's name in front of paths in some cases, we of nested models always.
                    for (path, dimensions), weight in List.zip expected found do
                        Assert.Equal<int list>(dimensions, weight.Specification.Dimensions)

                        Assert.True(
                            path.EndsWith(weight.Path, System.StringComparison.Ordinal)
                            || weight.Path.EndsWith(path, System.StringComparison.Ordinal),
                            $"{weight.Path} instead of {path}"
                        )
                | None -> ()

        Assert.True(count >= 20)

    [<Fact>]
    member _.``layers of a Functional model are written in Keras's order and form``() =
        let x = input "x" 3
        let shared = dense "shared" 2
        let first = call shared [ x ]
        let second = call shared [ call (dense "between" 3) [ first ] ]

        let model =
            Model.create (Some "twice") "Functional" [ x ] [ call (Merge.add None) [ first; second ] ]

        let history name node =
            ConfigValue.List [ text name; ConfigValue.Int node; ConfigValue.Int 0L ]

        let written =
            match ModelConfig.toConfig model |> Config.tryFind "config" with
            | Some(ConfigValue.Object config) -> config
            | _ -> []

        Assert.Equal<string list>(
            [ "name"; "trainable"; "layers"; "input_layers"; "output_layers" ],
            List.map fst written
        )

        Assert.Equal(Some(ConfigValue.List [ history "x" 0L ]), Config.tryFind "input_layers" written)
        Assert.Equal(Some(ConfigValue.List [ history "add" 0L ]), Config.tryFind "output_layers" written)
        Assert.Equal<string list>([ "x"; "shared"; "between"; "add" ], List.map snd model.Layers)
        let again = ModelConfig.ofConfig (ModelConfig.toConfig model)
        Assert.Equal(4, (Model.weights again).Length)

    [<Fact>]
    member _.``Keras 2's inbound nodes and flat endpoints are understood``() =
        let layer className name config nodes =
            ConfigValue.Object [
                "class_name", text className
                "name", text name
                "config", ConfigValue.Object(("name", text name) :: config)
                "inbound_nodes", ConfigValue.List nodes
            ]

        let history name =
            ConfigValue.List [ text name; ConfigValue.Int 0L; ConfigValue.Int 0L; ConfigValue.Object [] ]

        let shape = ConfigValue.List [ ConfigValue.Null; ConfigValue.Int 3L ]

        let saved: Config = [
            "class_name", text "Model"
            "config",
            ConfigValue.Object [
                "name", text "old"
                "layers",
                ConfigValue.List [
                    layer "InputLayer" "a" [ "batch_input_shape", shape; "dtype", text "float32" ] []
                    layer "Add" "sum" [] [ ConfigValue.List [ history "a"; history "hidden" ] ]
                    layer "Dense" "hidden" [ "units", ConfigValue.Int 3L ] [ ConfigValue.List [ history "a" ] ]
                ]
                "input_layers", ConfigValue.List [ text "a"; ConfigValue.Int 0L; ConfigValue.Int 0L ]
                "output_layers",
                ConfigValue.List [ ConfigValue.List [ text "sum"; ConfigValue.Int 0L; ConfigValue.Int 0L ] ]
            ]
        ]

        let model = ModelConfig.ofConfig saved
        Assert.Equal<string list>([ "hidden/kernel"; "hidden/bias" ], Model.weights model |> List.map _.Path)
        Assert.Equal<string list>([ "sum" ], Model.outputNames model)

    [<Fact>]
    member _.``a Sequential model without InputLayer takes the shape of its first layer``() =
        let saved key : Config = [
            "class_name", text "Sequential"
            "config",
            ConfigValue.Object [
                "name", text "stack"
                "layers",
                ConfigValue.List [
                    ConfigValue.Object [
                        "class_name", text "Dense"
                        "config",
                        ConfigValue.Object [
                            "name", text "first"
                            "units", ConfigValue.Int 2L
                            key, ConfigValue.List [ ConfigValue.Null; ConfigValue.Int 5L ]
                        ]
                    ]
                ]
            ]
        ]

        for key in [ "batch_input_shape"; "batch_shape" ] do
            let model = ModelConfig.ofConfig (saved key)
            Assert.Equal<int list>([ 5; 2 ], (Model.weights model).Head.Specification.Dimensions)

        let error =
            Assert.Throws<System.ArgumentException>(fun () -> ModelConfig.ofConfig (saved "other") |> ignore)

        Assert.Contains("needs an InputLayer or the shape of its input", error.Message)

    [<Fact>]
    member _.``an unknown class is an error that names the nearest``() =
        let error =
            Assert.Throws<System.ArgumentException>(fun () -> LayerRegistry.create "Denze" None [] |> ignore)

        Assert.Contains("Unknown layer 'Denze'. Did you mean 'Dense'", error.Message)

    [<Fact>]
    member _.``masks given to attention are written as Keras's list and read again``() =
        let sequence name =
            Model.input (Some name) [ Dimension.known 3; Dimension.known 2 ] ElementType.Float32

        let query = sequence "query"
        let value = sequence "value"
        let mask = Model.input (Some "mask") [ Dimension.known 3 ] ElementType.Bool

        for layer in
            [
                Attention.layer (Some "attend") Attention.defaults
                MultiHeadAttention.layer (Some "attend") (MultiHeadAttention.defaults 1 2)
            ] do
            let output =
                Lowering.applyWith [ "value_mask", ConfigValue.Int 2L ] layer [ query; value; mask ]

            let model = Model.create (Some "m") "Functional" [ query; value; mask ] output
            Assert.Equal(lines model, lines (ModelConfig.ofConfig (ModelConfig.toConfig model)))

    [<Fact>]
    member _.``layers of one's own can be read``() =
        let x = input "x" 3

        let doubled =
            Layer.ofFunction "Double" (Some "double") [] (fun _ node -> node + node)

        let model = Model.create (Some "own") "Functional" [ x ] [ call doubled [ x ] ]
        let saved = ModelConfig.toConfig model

        let create className name _ =
            match className with
            | "Double" -> Some { doubled with Name = name }
            | _ -> None

        Assert.Equal(lines model, lines (ModelConfig.ofUpgraded create (Upgrade.model None saved)))

        Assert.Throws<System.ArgumentException>(fun () -> ModelConfig.ofConfig saved |> ignore)
        |> ignore
