namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Naming
open Functional.Core.Tensors

/// Where the windows of a convolution or a pool begin and end: Keras's "padding".
[<RequireQualifiedAccess>]
type WindowPadding =
    /// Every window lies inside the input.
    | Valid
    /// One window for every stride of the input; padding at both ends, the odd one at the end.
    | Same
    /// As Same, but all padding comes first: no window reaches beyond its own position.
    | Causal

/// How an axis is made ready for windows.
type WindowEnds = {
    /// Positions put before the axis.
    Low: Dimension
    /// Positions put after the axis.
    High: Dimension
    /// How much of the axis windows can reach; what comes after it is left out.
    Kept: Dimension
}

[<RequireQualifiedAccess>]
module WindowPadding =

    /// Keras's text.
    let name (padding: WindowPadding) : string =
        match padding with
        | WindowPadding.Valid -> "valid"
        | WindowPadding.Same -> "same"
        | WindowPadding.Causal -> "causal"

    /// Reads "padding" in any case; missing is "valid". Raises ArgumentException for a text that is not allowed.
    let ofConfig (allowed: WindowPadding list) (config: Config) : WindowPadding =
        let text = (Config.string "padding" "valid" config).ToLowerInvariant()

        match allowed |> List.tryFind (fun padding -> name padding = text) with
        | Some padding -> padding
        | None -> invalidArg "padding" (Names.unknown "padding" text (List.map name allowed))

    /// Keras's text as a value.
    let toConfig (padding: WindowPadding) : ConfigValue = ConfigValue.String(name padding)

    let private zero = Dimension.known 0

    /// Padding for windows that reach over more than one stride and end exactly at the last window.
    let private around (total: Dimension) (length: Dimension) : WindowEnds =
        let low = Dimension.floorDivide 2 total

        {
            Low = low
            High = total - low
            Kept = length
        }

    let private same (stride: int) (extent: int) (length: Dimension) : WindowEnds =
        let windows = Dimension.floorDivide stride (length + Dimension.known (stride - 1))

        // How far the last window reaches beyond the axis: below zero when a stride is longer than a window.
        let total =
            Dimension.known stride * (windows - Dimension.known 1) + Dimension.known extent
            - length

        match Dimension.tryKnown total with
        | Some known -> around (Dimension.known (max known 0)) length
        | None when extent >= stride -> around total length
        | None when extent = 1 -> around zero length
        | None ->
            // 1 where total is not below zero, else 0: total is at least extent - stride and at most extent - 1.
            let isNeeded = Dimension.floorDivide stride (total + Dimension.known stride)
            let needed = total * isNeeded
            around needed (length - (needed - total))

    /// The ends of an axis for windows that reach over `extent` positions.
    let ends (stride: int) (extent: int) (padding: WindowPadding) (length: Dimension) : WindowEnds =
        match padding with
        | WindowPadding.Valid -> around zero length
        | WindowPadding.Same -> same stride extent length
        | WindowPadding.Causal -> {
            Low = Dimension.known (extent - 1)
            High = zero
            Kept = length
          }
