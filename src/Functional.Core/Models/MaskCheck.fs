namespace Functional.Core.Models

open System.Collections.Generic
open Functional.Core.Layers

/// Where masks end that nothing has used.
[<RequireQualifiedAccess>]
module MaskCheck =

    /// Layers that compute with the mask and may keep it from what follows.
    let private consumers =
        set [
            yield! CallArguments.loops
            "GlobalAveragePooling1D"
            "Attention"
            "AdditiveAttention"
            "MultiHeadAttention"
            "GroupQueryAttention"
            "Dot"
        ]

    /// A sentence for every layer that gets a mask, neither uses it nor passes it on. Operations between layers never see
    /// masks and are not named.
    let warnings (model: Model) : string list =
        let masked = HashSet<LayerCall>(HashIdentity.Reference)

        for tensor in model.Outputs @ (model.Calls |> List.collect _.Inputs) do
            if tensor.HasMask then
                masked.Add tensor.Call |> ignore

        [
            for call in model.Calls do
                match call.Layer.Body with
                | LayerBody.Function _ when
                    call.Layer.Module = Layer.layersModule
                    && call.Inputs |> List.exists _.HasMask
                    && not (masked.Contains call)
                    && not (consumers.Contains call.Layer.ClassName)
                    ->
                    let name =
                        model.Layers
                        |> List.tryFind (fun (layer, _) -> obj.ReferenceEquals(layer, call.Layer))
                        |> Option.map snd
                        |> Option.defaultValue (Layer.displayName call.Layer)

                    $"Layer '{name}' ({call.Layer.ClassName}) gets a mask and cannot pass it on: what follows sees every step. Use the mask before this layer, or make none."
                | _ -> ()
        ]
