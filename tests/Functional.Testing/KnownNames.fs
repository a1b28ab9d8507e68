namespace Functional.Testing

open System.Text.Json

/// The table of names that Keras's get functions accept.
[<RequireQualifiedAccess>]
module KnownNames =

    // Keras finds these classes by name too, but they are not values: base classes, and wrappers of another object.
    let private isAbstract (name: string) : bool =
        List.contains name [
            "Constraint"
            "Initializer"
            "LossFunctionWrapper"
            "LossScaleOptimizer"
            "MeanMetricWrapper"
            "Metric"
            "Optimizer"
            "Regularizer"
        ]

    /// Checks that every name of a module leads to the class or function that Keras names; gives the number of names.
    let check (moduleName: string) (targetOf: string -> string) : int =
        let entries =
            Fixtures.entries "identifiers"
            |> List.filter (fun entry ->
                Fixtures.text "module" entry = moduleName
                && not (isAbstract (Fixtures.text "target" entry)))

        Fixtures.checkEntries entries (fun entry ->
            let found = targetOf (Fixtures.text "identifier" entry)
            let expected = Fixtures.text "target" entry

            if found = expected then
                []
            else
                [ $"expected {expected}, found {found}" ])
