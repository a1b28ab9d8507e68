namespace Functional.Compiler.Passes.Scans

open Functional.Core.Graph

/// Products with what every step of a loop reads leave the loop: one large product before or after it does for all
/// positions.
[<RequireQualifiedAccess>]
module ScanHoisting =

    /// The graph with less in its loops.
    let run (graph: Graph) : Graph =
        graph |> Loop.rewrite HoistedBefore.run |> Loop.rewrite HoistedAfter.run
