namespace Functional.Core.Graph


/// What a plan is made for: named results, and leaves whose memory holds a new value after the run.
[<ReferenceEquality>]
type Computation = {
    /// Values that the caller reads after a run.
    Results: (string * Node) list
    /// A parameter or variable, and the value that its memory holds after the run. Every read of the leaf inside the
    /// computation sees the value from before the run.
    Updates: (Node * Node) list
}

[<RequireQualifiedAccess>]
module Computation =

    /// The values that have to be computed: the results, then the next values of the updated leaves.
    let outputs (computation: Computation) : Node list =
        List.map snd computation.Results @ List.map snd computation.Updates
