namespace Functional.Core.Tests

open FsCheck
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing

/// A function of some values, where its gradient is to be compared with differences.
[<NoEquality; NoComparison>]
type GradientCase = {
    /// The values to differentiate by, float64.
    Values: Literal list
    /// Other leaves that the function reads.
    Others: Map<string, Literal>
    Function: Node list -> Node
}

/// Gradients against central differences over generated cases.
[<RequireQualifiedAccess>]
module GradientLaw =

    let private firstOrderLimit = 1e-6
    let private secondOrderLimit = 1e-5
    let private casesPerLaw = 50

    /// A function of values alone.
    let case (values: Literal list) (f: Node list -> Node) : GradientCase = {
        Values = values
        Others = Map.empty
        Function = f
    }

    let private named (case: GradientCase) : (string * Literal) list =
        case.Values |> List.mapi (fun position value -> $"x{position}", value)

    /// The gradient agrees with differences: for functions that have kinks.
    let holds (arbitrary: Arbitrary<'Case>) (build: 'Case -> GradientCase) : unit =
        Law.isWithin firstOrderLimit casesPerLaw arbitrary (fun description ->
            let case = build description
            FiniteDifferences.worstError (named case) case.Others case.Function)

    /// Makes what flows back depend on the result, so that the second order also goes through it.
    let private bend (node: Node) : Node = node + node * node * 0.5

    /// The gradient and the gradient of the gradient agree with differences: for smooth functions.
    let holdsTwice (arbitrary: Arbitrary<'Case>) (build: 'Case -> GradientCase) : unit =
        holds arbitrary build

        Law.isWithin secondOrderLimit casesPerLaw arbitrary (fun description ->
            let case = build description
            FiniteDifferences.worstSecondOrderError (named case) case.Others (case.Function >> bend))
