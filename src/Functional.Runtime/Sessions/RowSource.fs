namespace Functional.Runtime.Sessions

open System
open Functional.Kernels.Memory
open Functional.Kernels.Movement

/// Data of which batches are rows: one tensor per leaf, all with the same number of rows. Consecutive rows are read
/// where they lie; chosen rows are brought together in memory that is kept.
[<Sealed>]
type RowSource(leaves: string array, tensors: HostTensor array) =
    let rowCount = if tensors.Length = 0 then 0 else tensors[0].Shape[0]

    let rowSizeInBytes =
        tensors
        |> Array.map (fun tensor -> tensor.SizeInBytes / int64 (max 1 tensor.Shape[0]))

    let gathers =
        Array.map2 (fun (tensor: HostTensor) size -> RowGather(tensor.Address, rowCount, size)) tensors rowSizeInBytes

    let mutable staging: AlignedMemory array = [||]
    let mutable stagedRows = 0

    /// The names of the leaves, in the order of the tensors.
    member _.Leaves: string array = leaves

    /// The data.
    member _.Tensors: HostTensor array = tensors

    /// The number of rows of every tensor.
    member _.RowCount: int = rowCount

    /// Where consecutive rows of one tensor begin.
    member _.AddressOfRow(tensor: int, row: int) : nativeint =
        tensors[tensor].Address + nativeint (int64 row * rowSizeInBytes[tensor])

    /// Brings the rows order[start] .. order[start + count - 1] together, and tells where those of each tensor are. The
    /// next call is expected to want the rows that follow in the order.
    member _.Gather(order: int array, start: int, count: int, addresses: nativeint array) : unit =
        if count > stagedRows then
            for memory in staging do
                memory.Dispose()

            stagedRows <- count
            staging <- rowSizeInBytes |> Array.map (fun size -> new AlignedMemory(size * int64 count))

        for tensor in 0 .. tensors.Length - 1 do
            gathers[tensor].Copy(order, start, count, staging[tensor].Address)
            addresses[tensor] <- staging[tensor].Address

    interface IDisposable with
        member _.Dispose() =
            for memory in staging do
                memory.Dispose()
