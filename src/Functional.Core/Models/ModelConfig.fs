namespace Functional.Core.Models

open Functional.Core.Configuration
open Functional.Core.Layers

/// Models from and to what Keras saves of them (config.json of a .keras file, "model_config" of an .h5 file, to_json).
[<RequireQualifiedAccess>]
module ModelConfig =

    /// What Keras saves of a layer, or of a model used as one.
    let ofLayer (layer: Layer) : Config = ModelWriter.layer layer

    /// The model of what Keras 3 saves, {"class_name", "config"}, with layers of classes that are not Keras's made by a
    /// function of class name, name and arguments, which gives None for classes it does not know either. Operations that
    /// Keras writes for automatic masks vanish: the masks are computed again. Raises ArgumentException when a class is
    /// unknown or the layers do not fit together.
    let ofUpgraded (createCustom: string -> string option -> Config -> Layer option) (upgraded: Upgraded) : Model =
        let rec create className name config =
            match createCustom className name config with
            | Some layer -> layer
            | None ->
                LayerRegistry.createWith
                    (ModelReader.layer create)
                    (ofLayer >> ConfigValue.Object)
                    className
                    name
                    config

        ModelReader.model create upgraded.Config

    /// The model of a saved object {"class_name", "config"} of any version of Keras. Raises ArgumentException when a class
    /// is unknown or the layers do not fit together.
    let ofConfig (saved: Config) : Model =
        ofUpgraded (fun _ _ _ -> None) (Upgrade.model None saved)

    /// What Keras saves of a model: {"module", "class_name", "config", "registered_name"}.
    let toConfig (model: Model) : Config = ModelWriter.model model
