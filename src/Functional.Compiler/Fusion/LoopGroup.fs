namespace Functional.Compiler.Fusion

open Functional.Core.Graph
open Functional.Compiler.Planning

/// How often a member of a loop is computed.
[<RequireQualifiedAccess>]
type internal Role =
    /// At every position.
    | Full
    /// Once per row: a reduction over the row, or made of such.
    | Row
    /// A reduction that is complete only when the loop is: no other member can use it.
    | Output

/// Values that one loop computes. Positions of the iteration space are numbered in row-major order, whatever axes the
/// values have.
type internal LoopGroup = {
    /// The number of positions.
    Size: int
    /// The length of a row when some member is a row's reduction; else 0.
    RowWidth: int
    /// The lengths of inner parts at which some layout changes its stride, ascending; each divides the next.
    Cuts: int list
    /// Groups and kernels only read what stands on lower levels, so that no two of them can wait for each other.
    Level: int
    /// Members, inputs before users.
    Members: int list
}

[<RequireQualifiedAccess>]
module internal LoopGroup =

    /// Both lists of cuts, or None when no iteration space has them all.
    let tryCuts (size: int) (left: int list) (right: int list) : int list option =
        let all = left @ right |> List.distinct |> List.sort

        let fits =
            all @ [ size ]
            |> List.pairwise
            |> List.forall (fun (inner, outer) -> outer % inner = 0)

        if fits then Some all else None

    /// Whether rows of a length agree with cuts: no cut divides a row.
    let fitsRows (rowWidth: int) (cuts: int list) : bool =
        rowWidth = 0
        || (match cuts with
            | smallest :: _ -> smallest >= rowWidth
            | [] -> true)

    /// The lengths of the iteration space's axes, outermost first; the last one is the number of columns.
    let extents (group: LoopGroup) : int array =
        let edges = [ 1 ] @ group.Cuts @ [ group.Size ] |> List.distinct

        match List.pairwise edges with
        | [] -> [| group.Size |]
        | pairs ->
            pairs
            |> List.map (fun (inner, outer) -> outer / inner)
            |> List.rev
            |> Array.ofList

    /// The positions that a value is computed from: its own, or its input's when it is a reduction.
    let positionCount (table: ValueTable) (value: int) : int =
        match table.Kinds[value] with
        | ValueKind.Reduction -> table.Sizes[table.Inputs[value][0]]
        | _ -> table.Sizes[value]

    /// The layout from a reduction's positions to its result's; a value that is no reduction keeps its positions.
    let resultLayout (table: ValueTable) (value: int) : Layout =
        match table.Nodes[value].Operation with
        | Operation.Reduce(_, axes) ->
            let lengths = table.Dimensions[table.Inputs[value][0]]
            let strides = Array.zeroCreate lengths.Length
            let mutable stride = 1

            for axis in lengths.Length - 1 .. -1 .. 0 do
                if not (List.contains axis axes) then
                    strides[axis] <- stride
                    stride <- stride * lengths[axis]

            Layout.ofStrides 0 lengths strides
        | _ -> Layout.identity table.Sizes[value]

    /// Positions along one axis of a shape, as a layout whose results are the numbers.
    let alongAxis (dimensions: int array) (axis: int) : Layout =
        Array.init dimensions.Length (fun position -> if position = axis then 1 else 0)
        |> Layout.ofStrides 0 dimensions

    /// Whether a member with this role, read with this layout by a member that counts positions or rows, is in a register.
    let isHandedOver (group: LoopGroup) (perRow: bool) (role: Role) (layout: Layout) : bool =
        let rowCount =
            if group.RowWidth = 0 then
                0
            else
                group.Size / group.RowWidth

        match role with
        | Role.Output -> false
        | Role.Full -> not perRow && layout = Layout.identity group.Size
        | Role.Row when perRow -> layout = Layout.identity rowCount
        | Role.Row -> layout = Layout.rows rowCount group.RowWidth

    /// The positions of a member in a group, as the group's positions give them.
    let layout (group: LoopGroup) (role: Role) : Layout =
        match role with
        | Role.Row -> Layout.rows (group.Size / group.RowWidth) group.RowWidth
        | Role.Full
        | Role.Output -> Layout.identity group.Size
