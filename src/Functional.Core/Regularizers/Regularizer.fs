namespace Functional.Core.Regularizers

open Functional.Core.Configuration
open Functional.Core.Graph

/// A penalty on a weight, added to the loss.
[<ReferenceEquality>]
type Regularizer = {
    ClassName: string
    Config: Config
    Penalty: Node -> Node
}
