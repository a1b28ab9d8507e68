namespace Functional.Runtime.Tests.Execution

open System
open System.Runtime.InteropServices
open Functional.Compiler
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Kernels.Parallelism
open Functional.Testing
open Xunit

/// Numbers that are too small for a normal exponent make processors slow: plans take them as zero.
[<Collection("thread count")>]
module DenormalTests =

    let private count = 1 <<< 20

    /// 1e-30 * 1e-10, for so many elements that several threads take part.
    let private tiny () : RandomComputation =
        let x = Ops.input "x" (Shape.ofInts [ count ]) ElementType.Float32

        {
            Results = [ "y", x * 1e-10 ]
            Updates = []
            Leaves =
                Map.ofList [
                    "x", Literal.create ElementType.Float32 [ count ] (List.replicate count 1e-30)
                ]
            Sizes = Map.empty
        }

    [<Fact>]
    let ``a plan gives zero where the result would be denormal, whichever thread computes it`` () =
        let before = ThreadTeam.ThreadCount

        try
            for threads in [ 1; 2 ] do
                ThreadTeam.ThreadCount <- threads
                let results = PlanRun.run CompilerOptions.standard (tiny ())

                if DenormalFlushing.IsSupported then
                    Assert.All(results["y"], (fun value -> Assert.Equal(0.0, value)))
        finally
            ThreadTeam.ThreadCount <- before

    [<Fact>]
    let ``a thread that ran a plan computes as before afterwards`` () =
        PlanRun.run CompilerOptions.standard (tiny ()) |> ignore
        let mutable small = 1e-30f
        small <- small * 1e-10f
        Assert.NotEqual(0.0f, small)

    [<Fact>]
    let ``Linux on x86-64 can be told`` () =
        let expected =
            OperatingSystem.IsLinux()
            && RuntimeInformation.ProcessArchitecture = Architecture.X64

        Assert.Equal(expected, DenormalFlushing.IsSupported)

    [<Fact>]
    let ``remainders, minima and whole numbers are right while denormals are flushed`` () =
        let x = Ops.input "x" (Shape.ofInts [ 64 ]) ElementType.Float32
        let place = Ops.remainder x (x.Number 10.0)

        let random = {
            Results = [ "y", Ops.cast ElementType.Int32 (Ops.minimum place (9.0 - place)) ]
            Updates = []
            Leaves =
                Map.ofList [
                    "x",
                    Literal.create ElementType.Float32 [ 64 ] [ for position in 0..63 -> float (position % 13 - 3) ]
                ]
            Sizes = Map.empty
        }

        let expected, _ = PlanRun.interpret random
        Assert.Equal<float list>(expected["y"], (PlanRun.run CompilerOptions.standard random)["y"])
