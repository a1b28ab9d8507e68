namespace Functional.Runtime.Tests.Execution

open System
open System.Runtime.InteropServices
open Functional.Compiler
open Functional.Compiler.Planning
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Runtime.Execution
open Functional.Runtime.Sessions
open Functional.Testing

/// Runs a random computation on real memory and reads what it computed.
[<RequireQualifiedAccess>]
module PlanRun =

    let private computationOf (random: RandomComputation) : Computation = {
        Results = random.Results
        Updates = random.Updates
    }

    let private hostTensor (literal: Literal) : HostTensor =
        let shape = ReadOnlySpan(Array.ofSeq literal.Dimensions)
        let values = Array.ofSeq literal.Values

        match literal.ElementType with
        | ElementType.Float32 -> HostTensor.Create(shape, ReadOnlySpan(Array.map float32 values))
        | ElementType.Float64 -> HostTensor.Create(shape, ReadOnlySpan values)
        | ElementType.Int32 -> HostTensor.Create(shape, ReadOnlySpan(Array.map int values))
        | ElementType.Bool -> HostTensor.Create(shape, ReadOnlySpan(Array.map (fun value -> value <> 0.0) values))

    let private numbers (address: nativeint) (elementType: ElementType) (count: int) : float list = [
        for index in 0 .. count - 1 do
            match elementType with
            | ElementType.Float32 -> float (BitConverter.Int32BitsToSingle(Marshal.ReadInt32(address, 4 * index)))
            | ElementType.Float64 -> BitConverter.Int64BitsToDouble(Marshal.ReadInt64(address, 8 * index))
            | ElementType.Int32 -> float (Marshal.ReadInt32(address, 4 * index))
            | ElementType.Bool -> float (Marshal.ReadByte(address, index))
    ]

    /// Every result, and every updated leaf as "next NAME".
    let run (options: CompilerOptions) (random: RandomComputation) : Map<string, float list> =
        let plan = Compiler.compile options random.Sizes (computationOf random)
        use arena = new AlignedMemory(plan.ArenaSizeInBytes)
        use bound = new BoundPlan(plan, arena, LoopCodeCache())
        let leaves = random.Leaves |> Map.map (fun _ literal -> hostTensor literal)

        for struct (kind, name) in bound.Leaves do
            bound.SetAddress(bound.BufferOf(kind, name), leaves[name].Address)

        bound.Run()

        let results = [
            for result in plan.Results ->
                let count = Seq.fold (*) 1 result.Dimensions
                result.Name, numbers (bound.AddressOf result.Operand) result.ElementType count
        ]

        let next = [
            for leaf, _ in random.Updates ->
                let struct (_, name) = LeafKeys.ofNode leaf
                $"next {name}", numbers leaves[name].Address leaf.ElementType leaves[name].Length
        ]

        GC.KeepAlive leaves
        Map.ofList (results @ next)

    /// The same by the interpreter, and the largest number on the way.
    let interpret (random: RandomComputation) : Map<string, float list> * float =
        let named =
            random.Results
            @ [
                for leaf, next in random.Updates ->
                    let struct (_, name) = LeafKeys.ofNode leaf
                    $"next {name}", next
            ]

        let graph = Graph.create (List.map snd named)

        let values =
            Interpreter.runWith random.Sizes (fun _ name -> random.Leaves[name]) (Graph.create graph.Nodes)
            |> Array.ofList

        let scale =
            values
            |> Seq.collect _.Values
            |> Seq.filter Double.IsFinite
            |> Seq.map abs
            |> Seq.fold max 1.0

        let ids = Graph.ids graph

        Map.ofList [
            for (name, _), output in Seq.zip named graph.Outputs -> name, List.ofSeq values[ids[output]].Values
        ],
        scale

    /// Whether the plan says what the interpreter says, up to a tolerance that is relative to the largest number.
    let agrees (options: CompilerOptions) (tolerance: float) (random: RandomComputation) : bool =
        let expected, scale = interpret random
        let actual = run options random

        expected
        |> Map.forall (fun name values ->
            List.forall2
                (fun want found -> Tolerance.isClose (tolerance * scale) tolerance want found)
                values
                actual[name])
