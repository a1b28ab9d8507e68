namespace Functional.Core.Layers

open System
open Functional.Core.Graph
open Functional.Core.Tensors

/// Sums of products of any number of values, as Einstein's convention writes them: "bij,bjk->bik". Without "->" the result
/// has the letters that occur once, in alphabetic order; "..." stands for the leading axes that have no letters.
[<RequireQualifiedAccess>]
module EinsumSubscripts =

    /// An axis with a letter, or one of those that "..." stands for, counted from the last.
    [<RequireQualifiedAccess>]
    type private Label =
        | Letter of char
        | Other of int

    let private wrong (subscripts: string) (reason: string) : 'Result =
        invalidArg "subscripts" $"subscripts '{subscripts}': {reason}"

    /// The labels of one term; `others` is the number of axes that "..." stands for.
    let private labels (subscripts: string) (others: int) (term: string) : Label list =
        let letters (text: string) = [
            for letter in text ->
                if Char.IsAsciiLetter letter then
                    Label.Letter letter
                else
                    wrong subscripts $"'{letter}' is no letter"
        ]

        match term.Split("...") with
        | [| _ |] -> letters term
        | [| before; after |] ->
            letters before
            @ [ for index in others .. -1 .. 1 -> Label.Other index ]
            @ letters after
        | _ -> wrong subscripts "a term has '...' more than once"

    let private termLabels (subscripts: string) (term: string) (node: Node) : Label list =
        let letterCount = term |> Seq.filter Char.IsAsciiLetter |> Seq.length
        let found = labels subscripts (Shape.rank node.Shape - letterCount) term

        if found.Length <> Shape.rank node.Shape then
            wrong subscripts $"the term '{term}' does not fit shape {node.Shape}"

        found

    /// The value with the diagonal of the axes that have one letter in place of these axes: of "bii", the axes (b, i).
    let rec private diagonals (subscripts: string) (labels: Label list, node: Node) : Label list * Node =
        let repeated =
            List.indexed labels
            |> List.tryPick (fun (position, label) ->
                match List.tryFindIndexBack ((=) label) labels with
                | Some last when last > position -> Some(position, last)
                | _ -> None)

        match repeated with
        | None -> labels, node
        | Some(first, last) ->
            if Shape.dimension first node.Shape <> Shape.dimension last node.Shape then
                wrong subscripts $"axes {first} and {last} have one letter, but different lengths in shape {node.Shape}"

            let position axis =
                Ops.iota ElementType.Int32 axis node.Shape

            // A choice and not a product with zeros: what is not finite beside the diagonal stays out of it.
            let onDiagonal =
                Ops.select (Ops.equal (position first) (position last)) node (node.Number 0.0)

            diagonals subscripts (List.removeAt last labels, Ops.sum [ last ] false onDiagonal)

    let private resultLabels (subscripts: string) (result: string option) (terms: Label list list) : Label list =
        let others =
            terms
            |> List.concat
            |> List.choose (fun label ->
                match label with
                | Label.Other index -> Some index
                | Label.Letter _ -> None)

        let otherCount = if others.IsEmpty then 0 else List.max others

        match result with
        | Some term -> labels subscripts otherCount term
        | None ->
            let once =
                List.concat terms
                |> List.countBy id
                |> List.choose (fun (label, count) ->
                    match label with
                    | Label.Letter letter when count = 1 -> Some letter
                    | Label.Letter _
                    | Label.Other _ -> None)
                |> List.sort

            [ for index in otherCount .. -1 .. 1 -> Label.Other index ]
            @ List.map Label.Letter once

    /// The value of the subscripts for these operands. Raises ArgumentException when they do not fit.
    let evaluate (subscripts: string) (operands: Node list) : Node =
        let text = subscripts.Replace(" ", "", StringComparison.Ordinal)

        let inputs, result =
            match text.Split "->" with
            | [| inputs |] -> inputs, None
            | [| inputs; result |] -> inputs, Some result
            | _ -> wrong subscripts "it has '->' more than once"

        let terms = inputs.Split ',' |> List.ofArray

        if terms.Length <> operands.Length then
            wrong subscripts $"it is about {terms.Length} operands, but got {operands.Length}"

        let labelled = List.map2 (termLabels subscripts) terms operands
        let wanted = resultLabels subscripts result labelled

        match
            wanted
            |> List.tryFind (fun label -> not (List.exists (List.contains label) labelled))
        with
        | Some _ -> wrong subscripts "the result has a letter that no operand has"
        | None -> ()

        if List.distinct wanted <> wanted then
            wrong subscripts "the result has a letter twice"

        // One operand after the other: what later ones or the result need stays.
        let rec fold labels node rest =
            match rest with
            | [] ->
                let summed =
                    labels
                    |> List.indexed
                    |> List.filter (fun (_, label) -> not (List.contains label wanted))
                    |> List.map fst

                let kept = labels |> List.filter (fun label -> List.contains label wanted)

                Ops.sum summed false node
                |> Ops.transpose (wanted |> List.map (fun label -> List.findIndex ((=) label) kept))
            | (nextLabels, next) :: later ->
                let isNeeded label =
                    List.contains label wanted || List.exists (fst >> List.contains label) later

                let together = List.distinct (labels @ nextLabels) |> List.filter isNeeded
                fold together (Einsum.contract labels nextLabels together node next) later

        match List.zip labelled operands |> List.map (diagonals subscripts) with
        | (labels, node) :: rest -> fold labels node rest
        | [] -> wrong subscripts "it needs at least one operand"
