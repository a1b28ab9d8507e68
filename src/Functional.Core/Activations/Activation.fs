namespace Functional.Core.Activations

open Functional.Core.Configuration
open Functional.Core.Graph

/// A function of a layer's result.
[<ReferenceEquality>]
type Activation = {
    Name: string
    Arguments: Config
    Apply: Node -> Node
}
