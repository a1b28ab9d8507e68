namespace Functional.Compiler.Planning

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Fusion

/// Calls that run one after another; their operands are values.
type internal Step = {
    Calls: KernelCall<value> list
    Reads: int list
    Writes: int list
}

/// A value without a node: a copy of a leaf's old value.
type internal Copy = { ElementType: ElementType; Size: int }

/// A graph as steps over values.
type internal Lowered = {
    Table: ValueTable
    Steps: Step list
    /// Numbered from the number of nodes on.
    Copies: Copy list
    /// Name, where the elements start, and the node with shape and type.
    Results: (string * Operand<value> * Node) list
    /// A leaf, where its next value lies, and the strides of that value.
    Updates: (int * int * View) list
    /// Values that lie inside the memory of another one.
    Placements: IReadOnlyDictionary<int, Placement>
}

[<RequireQualifiedAccess>]
module internal Step =

    /// A step of calls.
    let create (calls: KernelCall<value> list) : Step =
        let valuesOf (operandsOf: KernelCall<value> -> Operand<value> seq) =
            calls
            |> Seq.collect operandsOf
            |> Seq.map (fun operand -> int operand.Id)
            |> Seq.distinct
            |> List.ofSeq

        {
            Calls = calls
            Reads = valuesOf KernelCall.reads
            Writes = valuesOf KernelCall.writes
        }
