namespace Functional.Compiler.Tests

open System
open System.Collections.Generic
open FsCheck
open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Functional.Compiler
open Functional.Compiler.Passes
open Xunit

/// Plans against the interpreter.
module PlanProperties =

    let private computationOf (random: RandomComputation) : Computation = {
        Results = random.Results
        Updates = random.Updates
    }

    let private keyOf (node: Node) : string =
        match node.Operation with
        | Operation.Leaf(_, name, _, _) -> $"next {name}"
        | operation -> failwith $"%A{operation} is no leaf."

    /// Every result and next value by name, and the largest number on the way to them.
    let interpret (random: RandomComputation) : Map<string, float list> * float =
        let named =
            random.Results @ [ for leaf, next in random.Updates -> keyOf leaf, next ]

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

    /// The same by a compiled plan.
    let execute (options: CompilerOptions) (random: RandomComputation) : Map<string, float list> =
        let plan = Compiler.compile options random.Sizes (computationOf random)
        let leaves = Dictionary<string, float array>()

        for KeyValue(name, literal) in random.Leaves do
            leaves[name] <- Array.ofSeq literal.Values

        let results = PlanExecutor.execute leaves plan

        let next = [
            for leaf, _ in random.Updates -> keyOf leaf, List.ofArray leaves[(keyOf leaf).Substring(5)]
        ]

        Map.ofList ([ for KeyValue(name, values) in results -> name, List.ofArray values ] @ next)

    /// Where two sets of results differ by more than rounding.
    let difference (expected: Map<string, float list>, scale: float) (actual: Map<string, float list>) : string list = [
        for KeyValue(name, values) in expected do
            for position, (one, other) in List.indexed (List.zip values actual[name]) do
                if not (Tolerance.isClose (1e-9 * scale) 1e-7 one other) then
                    $"{name}[{position}]: expected {one}, found {other}"
    ]

    let private agrees (options: CompilerOptions) (recipe: GraphRecipe) : Property =
        let random = RandomGraphs.build ElementType.Float64 recipe
        let differences = difference (interpret random) (execute options random)

        differences.IsEmpty
        |> Prop.label (String.concat Environment.NewLine (List.truncate 5 differences))

    let private check (count: int) (options: CompilerOptions) : unit =
        let configuration = Config.QuickThrowOnFailure.WithMaxTest count
        Check.One(configuration, Prop.forAll RandomGraphs.recipes (agrees { options with ChecksGraphs = true }))

    [<Fact>]
    let ``a concatenation stays where a part of it is read again at other positions`` () =
        let shape = Shape.ofInts [ 3; 1; 4 ]
        let x = Ops.parameter "x" shape ElementType.Float64
        let part = Ops.tanh x
        let whole = Ops.concatenate 1 [ x; part; x ]

        let random = {
            Results = [ "product", Ops.broadcastTo whole.Shape part * whole; "part", Ops.abs part ]
            Updates = []
            Leaves =
                Map [
                    "x", FiniteDifferences.literal [ 3; 1; 4 ] [ for i in 1..12 -> 0.1 * float i ]
                ]
            Sizes = Map.empty
        }

        Assert.Empty(difference (interpret random) (execute CompilerOptions.standard random))

    [<Fact>]
    let ``a plan computes what its graph means`` () = check 500 CompilerOptions.standard

    [<Fact>]
    let ``a plan without any optimization computes what its graph means`` () =
        check 200 {
            CompilerOptions.standard with
                Disabled = Set.ofList Pipeline.names
        }

    [<Fact>]
    let ``every optimization can be left out`` () =
        for name in Pipeline.names do
            check 60 {
                CompilerOptions.standard with
                    Disabled = Set.singleton name
            }

    [<Fact>]
    let ``every optimization is right on its own`` () =
        for name in Pipeline.names do
            check 60 {
                CompilerOptions.standard with
                    Disabled = Set.remove name (Set.ofList Pipeline.names)
            }
