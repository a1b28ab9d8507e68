namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Graph

/// From a loop to a call: its body becomes a computation of its own, whose carries and outputs are variables that it
/// updates. So the passes that write updates in place write outputs where the loop stacks them.
[<RequireQualifiedAccess>]
module internal ScanLowering =

    /// Loops of fewer steps would spend what packing a factor gains.
    let private fewestStepsToPack = 4

    let private outputName (result: int) : string = $"output {result}"

    /// The stacked output that is a carry's next value, if there is one.
    let private tryFollowed (scan: Scan) (isNeeded: int -> bool) (carry: int) : int option =
        let next = scan.Body.Outputs[carry]

        if Option.isSome (BodyStep.tryInput scan.Body.Steps[next]) then
            None
        else
            List.indexed scan.Body.Outputs
            |> List.tryFind (fun (result, output) -> result >= scan.CarryCount && output = next && isNeeded result)
            |> Option.map fst

    let private computation (scan: Scan) (isNeeded: int -> bool) : Computation =
        let isVariable carry =
            Option.isNone (tryFollowed scan isNeeded carry)

        let leaves =
            scan.Body.Steps
            |> List.choose (fun step ->
                BodyStep.tryInput step
                |> Option.map (fun number ->
                    if number < scan.CarryCount && isVariable number then
                        number, Ops.variable (string number) step.Shape step.ElementType
                    else
                        number, Node.Create step.Operation))
            |> Map.ofList

        let nodes = Bodies.instantiate (fun number -> leaves[number]) scan.Body

        {
            Results = []
            Updates = [
                for result, output in List.indexed (Bodies.outputs scan.Body nodes) do
                    if result >= scan.CarryCount then
                        if isNeeded result then
                            Ops.variable (outputName result) output.Shape output.ElementType, output
                    elif isVariable result then
                        let carry =
                            Map.tryFind result leaves
                            |> Option.defaultWith (fun () ->
                                Ops.variable (string result) output.Shape output.ElementType)

                        carry, output
            ]
        }

    /// Products of a body whose right factor is one of these inputs, which stay, are marked, so that it is packed once.
    let private markStaying (staying: Set<string>) (body: Plan) : Plan =
        let stays (operand: Operand<buffer>) =
            match body.Buffers[int operand.Id].Storage with
            | Storage.External(LeafKind.Input, name) -> staying.Contains name
            | Storage.External _
            | Storage.Arena _ -> false
            | Storage.Constant _ -> true

        let mark (call: KernelCall<buffer>) =
            match call.Kernel with
            | Kernel.MatrixProduct product when stays call.Reads[1] -> {
                call with
                    Kernel = Kernel.MatrixProduct { product with RightStays = true }
              }
            | _ -> call

        {
            body with
                Instructions = ImmutableArray.CreateRange(body.Instructions, mark)
        }

    /// The call of a loop over these inputs; of its results those that have a value are written.
    let call
        (table: ValueTable)
        (compileBody: Computation -> Plan)
        (scan: Scan)
        (inputs: int array)
        (operands: Operand<value> array)
        (results: Map<int, int>)
        : KernelCall<value> =
        let sequenceEnd = scan.CarryCount + scan.SequenceCount

        let length =
            match Functional.Core.Tensors.Dimension.tryKnown scan.Length with
            | Some known -> known
            | None ->
                invalidOp "Bug in Functional: the length of a scan was not bound before planning. Please report it."

        let body = compileBody (computation scan results.ContainsKey)

        /// Elements from one position to the next.
        let stride value =
            table.Sizes[value] / table.Dimensions[value][0]

        let outputs =
            Map.toList results |> List.filter (fun (result, _) -> result >= scan.CarryCount)

        let kernel =
            Kernel.Scan {
                Length = length
                IsReversed = scan.IsReversed
                Body =
                    if length < fewestStepsToPack then
                        body
                    else
                        body
                        |> markStaying (Set.ofList [ for number in sequenceEnd .. inputs.Length - 1 -> string number ])
                Carries =
                    ImmutableArray.CreateRange [
                        for number in 0 .. scan.CarryCount - 1 ->
                            {
                                ScanCarry.Leaf = string number
                                Follows = tryFollowed scan results.ContainsKey number |> Option.map outputName
                                HasFinal = results.ContainsKey number
                                ElementType = table.Nodes[inputs[number]].ElementType
                                SizeInElements = table.Sizes[inputs[number]]
                            }
                    ]
                Inputs =
                    ImmutableArray.CreateRange [
                        for number in scan.CarryCount .. inputs.Length - 1 ->
                            {
                                Leaf = string number
                                Stride = if number < sequenceEnd then stride inputs[number] else 0
                            }
                    ]
                Outputs =
                    ImmutableArray.CreateRange [
                        for result, value in outputs ->
                            {
                                Leaf = outputName result
                                Stride = stride value
                            }
                    ]
            }

        let finals =
            [ 0 .. scan.CarryCount - 1 ]
            |> List.choose (fun number -> Map.tryFind number results)

        KernelCall.create kernel operands (finals @ List.map snd outputs |> List.map Operand.ofValue)
