namespace Functional.Core.Graph

/// Indices of a shape and their places, the last axis fastest.
[<RequireQualifiedAccess>]
module internal RowMajor =

    /// Every index below these lengths, in order.
    let indices (lengths: int list) : int list seq =
        (Seq.singleton [], lengths)
        ||> Seq.fold (fun prefixes length ->
            seq {
                for prefix in prefixes do
                    for position in 0 .. length - 1 -> position :: prefix
            })
        |> Seq.map List.rev

    /// The place of an index.
    let place (lengths: int list) (index: int list) : int =
        List.fold2 (fun position length coordinate -> position * length + coordinate) 0 lengths index
