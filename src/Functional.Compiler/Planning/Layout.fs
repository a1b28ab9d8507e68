namespace Functional.Compiler.Planning

/// One digit of a mixed-radix index and how far one step of it goes.
[<Struct>]
type internal Digit = { Extent: int; Stride: int }

/// How the row-major positions of one value map to positions in another: a position is written in mixed radix, outermost
/// digit first, and every digit moves by its stride. Kept in a normal form (no extent of 1, neighbours merged where they
/// move as one), so that equal mappings are equal values.
type internal Layout = { Offset: int; Digits: Digit list }

[<RequireQualifiedAccess>]
module internal Layout =

    /// A mapping in normal form, from digits outermost first.
    let create (offset: int) (digits: Digit seq) : Layout =
        let merge (digit: Digit) (inner: Digit list) =
            match inner with
            | _ when digit.Extent = 1 -> inner
            | next :: rest when digit.Stride = next.Stride * next.Extent ->
                {
                    next with
                        Extent = digit.Extent * next.Extent
                }
                :: rest
            | _ -> digit :: inner

        {
            Offset = offset
            Digits = List.foldBack merge (List.ofSeq digits) []
        }

    /// The mapping with one stride per axis.
    let ofStrides (offset: int) (extents: int seq) (strides: int seq) : Layout =
        Seq.map2 (fun extent stride -> { Extent = extent; Stride = stride }) extents strides
        |> create offset

    /// Every position to itself.
    let identity (size: int) : Layout =
        create 0 [ { Extent = size; Stride = 1 } ]

    /// Each of the rows to its number, for all the columns of the row.
    let rows (rowCount: int) (columnCount: int) : Layout =
        create 0 [ { Extent = rowCount; Stride = 1 }; { Extent = columnCount; Stride = 0 } ]

    /// Row-major strides.
    let contiguous (extents: int array) : int array =
        Array.scanBack (*) extents 1 |> Array.tail

    /// The lengths of the inner parts at which the mapping changes its stride, innermost first.
    let cuts (layout: Layout) : int list =
        match layout.Digits with
        | [] -> []
        | _ :: inner ->
            List.scanBack (fun digit length -> digit.Extent * length) inner 1
            |> List.rev
            |> List.tail

    /// The stride of the innermost digit; 0 when there is one position only.
    let innermostStride (layout: Layout) : int =
        match List.tryLast layout.Digits with
        | Some digit -> digit.Stride
        | None -> 0

    /// One stride per extent, or None when an extent would need two. Extents of 1 get 0.
    let tryStrides (extents: int array) (layout: Layout) : int array option =
        let strides = Array.zeroCreate extents.Length

        let rec walk axis remaining =
            if axis < 0 then
                true
            elif extents[axis] = 1 then
                walk (axis - 1) remaining
            else
                match remaining with
                | [] -> false
                | digit :: outer when digit.Extent % extents[axis] = 0 ->
                    strides[axis] <- digit.Stride
                    let left = digit.Extent / extents[axis]

                    if left = 1 then
                        walk (axis - 1) outer
                    else
                        walk
                            (axis - 1)
                            ({
                                Extent = left
                                Stride = digit.Stride * extents[axis]
                             }
                             :: outer)
                | _ -> false

        if walk (extents.Length - 1) (List.rev layout.Digits) then
            Some strides
        else
            None

    /// First outer, then inner; None where a digit of the outer mapping crosses digits of the inner one unevenly.
    let tryCompose (outer: Layout) (inner: Layout) : Layout option =
        let places =
            List.scanBack (fun digit length -> digit.Extent * length) inner.Digits 1
            |> List.tail
            |> List.zip inner.Digits

        let rec place extent stride =
            if stride = 0 then
                Some [ { Extent = extent; Stride = 0 } ]
            else
                places
                |> List.tryFind (fun (digit, unit) -> unit <= stride && stride < unit * digit.Extent)
                |> Option.bind (fun (digit, unit) ->
                    let step = stride / unit
                    let room = digit.Extent / step

                    let here count = {
                        Extent = count
                        Stride = step * digit.Stride
                    }

                    if stride % unit <> 0 || digit.Extent % step <> 0 then
                        None
                    elif extent <= room then
                        if room % extent = 0 then Some [ here extent ] else None
                    elif extent % room = 0 then
                        place (extent / room) (stride * room)
                        |> Option.map (fun beyond -> beyond @ [ here room ])
                    else
                        None)

        if outer.Offset <> 0 then
            None
        elif inner.Digits.IsEmpty then
            Some {
                inner with
                    Digits =
                        outer.Digits
                        |> List.map (fun digit -> { digit with Stride = 0 })
                        |> create 0
                        |> _.Digits
            }
        else
            let placed = outer.Digits |> List.map (fun digit -> place digit.Extent digit.Stride)

            if List.forall Option.isSome placed then
                Some(create inner.Offset (List.collect (Option.defaultValue []) placed))
            else
                None
