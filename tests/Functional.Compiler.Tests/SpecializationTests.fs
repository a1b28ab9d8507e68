namespace Functional.Compiler.Tests

open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Passes
open Xunit

/// Sizes in the place of names.
module SpecializationTests =

    [<Fact>]
    let ``a size that a loop's step reads becomes a number`` () =
        let shape = Shape.create [ Dimension.known 3; Dimension.batch ]
        let sequence = Ops.input "x" shape ElementType.Float64

        let _, outputs =
            Scanning.scan false [] [ sequence ] (fun _ current ->
                [], [ current.Head * Ops.size ElementType.Float64 Dimension.batch ])

        let graph = Specialization.run (Map.ofList [ "batch", 2 ]) outputs

        for node in graph.Nodes do
            match node.Operation with
            | Operation.Scan(scan, _) ->
                Assert.DoesNotContain(scan.Body.Steps, fun step -> step.Operation.IsSize)
                Assert.Contains(scan.Body.Steps, fun step -> step.Operation.IsConstant)
            | _ -> ()
