namespace Functional.Core.Optimizers

open System
open System.Text.RegularExpressions

/// Shrinks weights apart from their gradients (Loshchilov & Hutter 2019).
[<RequireQualifiedAccess>]
module WeightDecay =

    // Without backtracking, so that a pattern of a file takes time in proportion to the names.
    let private matcher (pattern: string) : Regex =
        try
            Regex(pattern, RegexOptions.NonBacktracking ||| RegexOptions.CultureInvariant)
        with
        | :? NotSupportedException
        | :? ArgumentException ->
            invalidArg
                "exclude_from_weight_decay"
                $"exclude_from_weight_decay takes names of weights or regular expressions without look-around and back references, but one is '{pattern}'."

    /// Weights lose learning rate * rate of themselves before they are updated, but for those in whose path ("dense/bias") or
    /// name ("bias", which Keras looks at) one of the patterns (regular expressions) occurs. Raises ArgumentException for
    /// what is no pattern.
    let decoupled (excluded: string list) : float -> Transformation =
        let matchers = excluded |> List.map matcher

        let isExcluded (path: string) =
            let name = path.Substring(path.LastIndexOf '/' + 1)

            matchers
            |> List.exists (fun matcher -> matcher.IsMatch path || matcher.IsMatch name)

        fun rate ->
            Transformation.perParameter {
                SlotGroups = []
                Apply =
                    fun context _ change ->
                        if isExcluded change.Parameter.Name then
                            change, []
                        else
                            let loss = StepContext.learningRate context change * rate

                            {
                                change with
                                    Value = change.Value - change.Value * loss
                            },
                            []
            }
