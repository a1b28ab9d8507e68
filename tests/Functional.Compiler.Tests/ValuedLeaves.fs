namespace Functional.Compiler.Tests

open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing

/// Float64 parameters, each with values that hardly repeat.
type ValuedLeaves() =
    let mutable values: Map<string, Literal> = Map.empty

    /// A new parameter.
    member _.Parameter(name: string, sizes: int list) : Node =
        let count = List.fold (*) 1 sizes
        let first = 3 * values.Count

        let numbers = [ for position in 0 .. count - 1 -> sin (float (position + first) * 12.9898) ]

        values <- Map.add name (Literal.create ElementType.Float64 sizes numbers) values
        Ops.parameter name (Shape.ofInts sizes) ElementType.Float64

    /// A computation over these leaves.
    member _.Computation(results: (string * Node) list, updates: (Node * Node) list) : RandomComputation = {
        Results = results
        Updates = updates
        Leaves = values
        Sizes = Map.empty
    }
