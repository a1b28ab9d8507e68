namespace Functional.Core.Graph

open System.Collections.Immutable
open Functional.Core.Tensors

/// What a scan means, given what its body means.
[<RequireQualifiedAccess>]
module internal InterpretedScan =

    /// One position of the leading axis.
    let private at (position: int) (sequence: Literal) : Literal =
        let size = sequence.Values.Length / sequence.Dimensions[0]

        {
            sequence with
                Dimensions = sequence.Dimensions.RemoveAt 0
                Values = sequence.Values.Slice(position * size, size)
        }

    let private stack (steps: Literal list) : Literal = {
        steps.Head with
            Dimensions = steps.Head.Dimensions.Insert(0, steps.Length)
            Values = steps |> Seq.collect _.Values |> ImmutableArray.CreateRange
    }

    /// The last carries and the stacked outputs; of a loop of length 0 the carries alone.
    let run (scan: Scan) (length: int) (step: Literal list -> Literal list) (inputs: Literal list) : Literal list =
        let initial, rest = List.splitAt scan.CarryCount inputs
        let sequences, others = List.splitAt scan.SequenceCount rest

        let positions =
            if scan.IsReversed then
                [ length - 1 .. -1 .. 0 ]
            else
                [ 0 .. length - 1 ]

        let outputs, carries =
            (initial, positions)
            ||> List.mapFold (fun carries position ->
                let next, outputs =
                    step (carries @ List.map (at position) sequences @ others)
                    |> List.splitAt scan.CarryCount

                outputs, next)

        let inOrder = if scan.IsReversed then List.rev outputs else outputs
        carries @ (inOrder |> List.transpose |> List.map stack)
