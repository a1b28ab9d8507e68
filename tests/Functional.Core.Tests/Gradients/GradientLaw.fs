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

    // Most cases go along random directions, which take a few evaluations; some look at every element.
    let private casesAlong = 50
    let private casesByElement = 3

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
        let check count worst =
            Law.isWithin firstOrderLimit count arbitrary (fun description ->
                let case = build description
                worst (named case) case.Others case.Function)

        check casesAlong FiniteDifferences.worstErrorAlong
        check casesByElement FiniteDifferences.worstError

    /// Makes what flows back depend on the result, so that the second order also goes through it.
    let private bend (node: Node) : Node = node + node * node * 0.5

    /// The gradient and the gradient of the gradient agree with differences: for smooth functions.
    let holdsTwice (arbitrary: Arbitrary<'Case>) (build: 'Case -> GradientCase) : unit =
        holds arbitrary build

        let check count worst =
            Law.isWithin secondOrderLimit count arbitrary (fun description ->
                let case = build description
                worst (named case) case.Others (case.Function >> bend))

        check casesAlong FiniteDifferences.worstSecondOrderErrorAlong
        check casesByElement FiniteDifferences.worstSecondOrderError
