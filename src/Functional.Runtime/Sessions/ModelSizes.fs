namespace Functional.Runtime.Sessions

open System
open Functional.Compiler
open Functional.Compiler.Planning
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// Plans of a model for the sizes that data brings.
[<RequireQualifiedAccess>]
module internal ModelSizes =

    /// The plan of one of a model's computations. Raises ArgumentException that names the layer where these sizes do not go
    /// through the model.
    let compile (model: Model) (floating: ElementType) (sizes: Map<string, int>) (computation: Computation) : Plan =
        try
            Compiler.compile CompilerOptions.standard sizes computation
        with :? ArgumentException ->
            // The graph does not know its layers any more: the model is asked, which is slow.
            ModelLeaves.refuseSizes floating sizes model
            reraise ()
