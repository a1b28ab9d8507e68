namespace Functional.Core.Naming

/// Comparison of names that people type.
[<RequireQualifiedAccess>]
module Names =

    /// The number of letters to insert, remove, replace or swap with a neighbour that turns one text into the other
    /// (optimal string alignment), whatever their case.
    let distance (first: string) (second: string) : int =
        let first = first.ToLowerInvariant()
        let second = second.ToLowerInvariant()
        let costs = Array2D.zeroCreate (first.Length + 1) (second.Length + 1)

        for i in 0 .. first.Length do
            costs[i, 0] <- i

        for j in 0 .. second.Length do
            costs[0, j] <- j

        for i in 1 .. first.Length do
            for j in 1 .. second.Length do
                let replacement = if first[i - 1] = second[j - 1] then 0 else 1

                let cost =
                    min (costs[i - 1, j - 1] + replacement) (1 + min costs[i - 1, j] costs[i, j - 1])

                let isSwap =
                    i > 1 && j > 1 && first[i - 1] = second[j - 2] && first[i - 2] = second[j - 1]

                costs[i, j] <- if isSwap then min cost (costs[i - 2, j - 2] + 1) else cost

        costs[first.Length, second.Length]

    /// The known names that are close enough to be meant, nearest first, at most three.
    let nearest (name: string) (known: string seq) : string list =
        let startsUpper (text: string) =
            text <> "" && System.Char.IsUpper text[0]

        let limit = max 2 (name.Length / 3)

        known
        |> Seq.distinct
        |> Seq.map (fun candidate -> distance name candidate, candidate)
        |> Seq.filter (fun (cost, _) -> cost <= limit)
        // Of spellings that differ in case only, the one that was typed comes first and stands for all.
        |> Seq.sortBy (fun (cost, candidate) -> cost, startsUpper candidate <> startsUpper name, candidate)
        |> Seq.map snd
        |> Seq.distinctBy _.ToLowerInvariant()
        |> Seq.truncate 3
        |> List.ofSeq

    /// The sentence for a name that nothing stands for: "Unknown activation 'rellu'. Did you mean 'relu'? Known: ...".
    let unknown (kind: string) (name: string) (known: string seq) : string =
        let quoted = nearest name known |> List.map (fun candidate -> $"'{candidate}'")

        let suggestion =
            match quoted with
            | [] -> ""
            | names -> $""" Did you mean {String.concat " or " names}?"""

        $"""Unknown {kind} '{name}'.{suggestion} Known: {String.concat ", " (Seq.distinct known)}."""
