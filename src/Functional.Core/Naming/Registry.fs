namespace Functional.Core.Naming

open Functional.Core.Configuration

/// One thing that can be made from a name: the names that stand for it, the first being its own, and how its
/// configuration makes it.
[<NoEquality; NoComparison>]
type RegistryEntry<'Value> = {
    Names: string list
    Create: Config -> 'Value
}

/// Everything of one kind that can be made from a name.
[<NoEquality; NoComparison>]
type Registry<'Value> = {
    /// What an error message calls it: "activation".
    Kind: string
    /// Where Keras keeps it: "keras.activations".
    Module: string
    /// Whether case matters.
    IgnoresCase: bool
    Entries: RegistryEntry<'Value> list
}

/// Making things from names and saved values, with errors that name the nearest.
[<RequireQualifiedAccess>]
module Registry =

    /// An entry.
    let entry (names: string list) (create: Config -> 'Value) : RegistryEntry<'Value> = {
        Names = names
        Create = create
    }

    /// How a name makes its thing from a configuration, when the name is known.
    let tryFind (name: string) (registry: Registry<'Value>) : (Config -> 'Value) option =
        let isSame (known: string) =
            if registry.IgnoresCase then
                known.ToLowerInvariant() = name.ToLowerInvariant()
            else
                known = name

        registry.Entries
        |> List.tryFind (fun entry -> List.exists isSame entry.Names)
        |> Option.map _.Create

    // No argument means something when it is no number; it would spoil all results without a word.
    let private requireNumbers (name: string) (config: Config) (registry: Registry<'Value>) : unit =
        let rec hasNaN value =
            match value with
            | ConfigValue.Float number -> System.Double.IsNaN number
            | ConfigValue.List items -> List.exists hasNaN items
            | ConfigValue.Null
            | ConfigValue.Bool _
            | ConfigValue.Int _
            | ConfigValue.String _
            | ConfigValue.Object _ -> false

        match config |> List.tryFind (snd >> hasNaN) with
        | Some(key, value) -> invalidArg key $"{registry.Kind} {name}: {key} must be a number, but is {value}."
        | None -> ()

    /// What a name and a configuration make. Raises ArgumentException that lists the nearest names when it is unknown, and
    /// when an argument is NaN.
    let create (name: string) (config: Config) (registry: Registry<'Value>) : 'Value =
        match tryFind name registry with
        | Some make ->
            requireNumbers name config registry
            make config
        | None ->
            let known = registry.Entries |> List.collect _.Names
            invalidArg (nameof name) (Names.unknown registry.Kind name known)

    /// What a saved value makes: a name, or {"class_name", "config"} as Keras writes it.
    /// Raises ArgumentException when it is neither, or names nothing known.
    let ofConfig (value: ConfigValue) (registry: Registry<'Value>) : 'Value =
        match value with
        | ConfigValue.String name -> create name [] registry
        | ConfigValue.Object content ->
            match Config.tryFind "class_name" content, Config.tryFind "config" content with
            // Keras writes a function that has a name of its own as class "function".
            | Some(ConfigValue.String "function"), Some(ConfigValue.String name) -> create name [] registry
            | Some(ConfigValue.String name), Some(ConfigValue.Object config) -> create name config registry
            | Some(ConfigValue.String name), None -> create name [] registry
            | _ ->
                invalidArg
                    (nameof value)
                    $"A saved {registry.Kind} needs \"class_name\" and \"config\", but is {value}."
        | _ -> invalidArg (nameof value) $"A saved {registry.Kind} is a name or an object, but here it is {value}."

    /// The value that Keras writes for something of this kind.
    let toConfig (className: string) (config: Config) (registry: Registry<'Value>) : ConfigValue =
        ConfigValue.Object [
            "module", ConfigValue.String registry.Module
            "class_name", ConfigValue.String className
            "config", ConfigValue.Object config
            "registered_name", ConfigValue.Null
        ]
