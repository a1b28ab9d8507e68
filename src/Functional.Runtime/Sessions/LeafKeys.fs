namespace Functional.Runtime.Sessions

open Functional.Core.Graph

/// What a plan knows a leaf by.
[<RequireQualifiedAccess>]
module LeafKeys =

    /// Kind and name of a leaf. Raises ArgumentException for another node.
    let ofNode (node: Node) : struct (LeafKind * string) =
        match node.Operation with
        | Operation.Leaf(kind, name, _, _) -> struct (kind, name)
        | operation -> invalidArg (nameof node) $"A leaf is wanted, but this is %A{operation}."
