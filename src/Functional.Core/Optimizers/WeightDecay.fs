namespace Functional.Core.Optimizers

open System.Text.RegularExpressions

/// Shrinks weights apart from their gradients (Loshchilov & Hutter 2019).
[<RequireQualifiedAccess>]
module WeightDecay =

    /// Weights lose learning rate * rate of themselves before they are updated, but for those in whose name one of the
    /// patterns (regular expressions, as Keras has them) occurs.
    let decoupled (rate: float) (excluded: string list) : Transformation =
        let isExcluded (name: string) =
            excluded |> List.exists (fun pattern -> Regex.IsMatch(name, pattern))

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
