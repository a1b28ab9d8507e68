namespace Functional.Core.Constraints

open Functional.Core.Configuration
open Functional.Core.Graph

/// A projection of a weight after every update.
[<ReferenceEquality>]
type Constraint = {
    ClassName: string
    Config: Config
    Apply: Node -> Node
}
