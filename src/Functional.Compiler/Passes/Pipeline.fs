namespace Functional.Compiler.Passes

open Functional.Core.Graph
open Functional.Compiler.Passes.Scans

/// The names of everything that makes a plan faster or smaller. Each can be switched off; the results stay the same.
[<RequireQualifiedAccess>]
module Pipeline =

    /// One kernel for values that share an iteration space.
    let fusion = "fusion"

    /// Cheap values (positions, comparisons with them, stretched values) are computed where they are used.
    let recomputation = "recomputation"

    /// One kernel for small loops over equally many positions.
    let merging = "merging"

    /// Values that one later kernel uses are computed there.
    let sinking = "sinking"

    /// The parts of a concatenation are written where it has them.
    let placement = "placement"

    /// Loops over a matrix product's result run in the product's kernel.
    let epilogues = "epilogues"

    /// Next values of parameters and variables are written over the old ones.
    let updatesInPlace = "updates-in-place"

    /// A value takes the place of one that dies where it is made.
    let sharingInPlace = "sharing-in-place"

    /// Values that do not live at the same time share memory.
    let memoryReuse = "memory-reuse"

    /// The order of kernels that keeps memory small.
    let memorySchedule = "memory-schedule"

    /// A product is added to what its result holds.
    let accumulation = "accumulation"

    /// Copies to memory outside of the plan are made by loops that have the value.
    let copyFolding = "copy-folding"

    /// The passes from graph to graph, by name, in order.
    let passes: (string * (Graph -> Graph)) list = [
        "scan-merging", ScanMerging.run
        "scan-hoisting", ScanHoisting.run
        "sums", Sums.run
        "simplification", Simplification.run
        "rectifier-masks", RectifierMasks.run
        "scaled-products", ScaledProducts.run
    ]

    /// Every name that can be switched off.
    let names: string list =
        List.map fst passes
        @ [
            fusion
            recomputation
            merging
            sinking
            placement
            epilogues
            updatesInPlace
            sharingInPlace
            memoryReuse
            memorySchedule
            accumulation
            copyFolding
        ]
