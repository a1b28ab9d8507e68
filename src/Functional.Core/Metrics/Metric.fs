namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// A number that judges predictions, gathered batch by batch: a state that starts at fixed values, the next state from a
/// batch, and the number from the state.
[<ReferenceEquality>]
type Metric = {
    ClassName: string
    /// The name in the logs.
    Name: string
    Config: Config
    /// Name, shape and first value (of every element) of each state, for predictions of a shape.
    State: Shape -> (string * int list * float) list
    /// The next states, from the states, targets, predictions and sample weights of a batch.
    Update: Node list -> Node -> Node -> Node option -> Node list
    /// The number, from the states.
    Result: Node list -> Node
}
