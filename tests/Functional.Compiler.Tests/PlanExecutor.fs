namespace Functional.Compiler.Tests

open System
open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Hashing
open Functional.Core.Randomness
open Functional.Core.Tensors
open Functional.Compiler.Planning

/// Runs plans, naively.
module PlanExecutor =

    let private place (extents: int seq) (strides: int seq) (position: int) : int =
        Seq.foldBack2
            (fun extent stride struct (rest: int, sum: int) -> struct (rest / extent, sum + rest % extent * stride))
            extents
            strides
            (struct (position, 0))
        |> fun struct (_, sum) -> sum

    let private coordinate (extents: ImmutableArray<int>) (dimension: int) (position: int) : int =
        let inner = Seq.skip (dimension + 1) extents |> Seq.fold (*) 1
        position / inner % extents[dimension]

    /// Rows first .. last. Every phase computes column-level registers anew, from memory as it is then.
    let private runRows
        (memory: CheckedMemory)
        (program: LoopProgram)
        (operands: ImmutableArray<Operand<buffer>>)
        (visited: HashSet<struct (int * int)>)
        (rows: int seq)
        =
        let columns = LoopProgram.columns program
        let phases = LoopProgram.phases program
        let registers = Array.create program.Instructions.Length nan

        let at operand position =
            place program.Extents program.Operands[operand].Strides position

        let evaluate index position =
            let instruction = program.Instructions[index]

            match instruction.Operation with
            | LoopOperation.Load operand -> memory.Read(operands[operand], at operand position)
            | LoopOperation.Constant value -> value
            | LoopOperation.Index dimension -> float (coordinate program.Extents dimension position)
            | LoopOperation.Unary(f, x) -> Scalars.unary f registers[x]
            | LoopOperation.Binary(f, x, y) -> Scalars.binary instruction.Type f registers[x] registers[y]
            | LoopOperation.Compare(f, x, y) -> Scalars.compare f registers[x] registers[y]
            | LoopOperation.Select(condition, x, y) ->
                if registers[condition] <> 0.0 then
                    registers[x]
                else
                    registers[y]
            | LoopOperation.Cast x -> Scalars.cast instruction.Type registers[x]
            | LoopOperation.Reduce _
            | LoopOperation.Store _
            | LoopOperation.Accumulate _ -> failwith "Not a value."

        let write index position =
            match program.Instructions[index].Operation with
            | LoopOperation.Store(operand, x) -> memory.Write(operands[operand], at operand position, registers[x])
            | LoopOperation.Accumulate(reduction, operand, x) ->
                let target = at operand position

                let value =
                    if visited.Add(struct (operand, target)) then
                        registers[x]
                    else
                        Scalars.combine reduction (memory.Read(operands[operand], target)) registers[x]

                memory.Write(operands[operand], target, value)
            | _ -> ()

        let indices = [ 0 .. program.Instructions.Length - 1 ]

        let isWrite index =
            match program.Instructions[index].Operation with
            | LoopOperation.Store _
            | LoopOperation.Accumulate _ -> true
            | _ -> false

        let reduction index =
            match program.Instructions[index].Operation with
            | LoopOperation.Reduce(reduction, argument) -> Some(reduction, argument)
            | _ -> None

        let isColumn index =
            program.Instructions[index].Level = LoopLevel.Column

        for row in rows do
            let start = row * columns

            for phase in 0 .. LoopProgram.phaseCount program - 1 do
                for index in indices do
                    if
                        phases[index] = phase
                        && not (isColumn index || isWrite index)
                        && Option.isNone (reduction index)
                    then
                        registers[index] <- evaluate index start

                let partial = Dictionary<int, float>()

                for column in 0 .. columns - 1 do
                    for index in indices do
                        if phases[index] <= phase && isColumn index && not (isWrite index) then
                            registers[index] <- evaluate index (start + column)
                        elif phases[index] = phase then
                            match reduction index with
                            | Some(reduction, argument) ->
                                partial[index] <-
                                    match partial.TryGetValue index with
                                    | true, value -> Scalars.combine reduction value registers[argument]
                                    | false, _ -> registers[argument]
                            | None when isColumn index && isWrite index -> write index (start + column)
                            | None -> ()

                for index in partial.Keys do
                    registers[index] <- partial[index]

                for index in indices do
                    if phases[index] = phase && isWrite index && not (isColumn index) then
                        write index start

    let private runLoop memory (program: LoopProgram) operands =
        // From the last row to the first: no plan may count on an order.
        runRows memory program operands (HashSet()) [ LoopProgram.rows program - 1 .. -1 .. 0 ]

    /// Computes rows of a result, each followed by its epilogue where that may be.
    let private runByRows
        (memory: CheckedMemory)
        (columns: int)
        (rows: int)
        (epilogue: Epilogue<buffer> option)
        (run: int -> unit)
        =
        let operands (epilogue: Epilogue<buffer>) =
            KernelCall.loopOperands epilogue.Program epilogue.Reads epilogue.Writes

        match epilogue with
        | Some epilogue when columns % LoopProgram.columns epilogue.Program = 0 ->
            let each = columns / LoopProgram.columns epilogue.Program
            let visited = HashSet()

            for row in 0 .. rows - 1 do
                run row
                runRows memory epilogue.Program (operands epilogue) visited [ row * each .. (row + 1) * each - 1 ]
        | Some epilogue ->
            for row in 0 .. rows - 1 do
                run row

            runLoop memory epilogue.Program (operands epilogue)
        | None ->
            for row in 0 .. rows - 1 do
                run row

    let private runProduct (memory: CheckedMemory) (product: MatrixProduct) (call: KernelCall<buffer>) =
        let element (operand: Operand<buffer>) (factor: MatrixLayout) batch row column =
            let row, column = if factor.IsTransposed then column, row else row, column

            let start =
                batch / product.Batch * factor.OuterStride
                + batch % product.Batch * factor.BatchStride

            memory.Read(operand, start + row * factor.LeadingDimension + column)

        let run row =
            let batch, inside = row / product.Rows, row % product.Rows

            for column in 0 .. product.Columns - 1 do
                let sum =
                    [ 0 .. product.Inner - 1 ]
                    |> Seq.sumBy (fun k ->
                        element call.Reads[0] product.Left batch inside k
                        * element call.Reads[1] product.Right batch k column)

                let target = row * product.Columns + column

                let before =
                    if product.Accumulate then
                        memory.Read(call.Writes[0], target)
                    else
                        0.0

                memory.Write(call.Writes[0], target, before + sum)

        runByRows memory product.Columns (product.OuterBatch * product.Batch * product.Rows) call.Epilogue run

    /// Rows of the result are computed from memory as the rows before and their epilogue have left it.
    let private runConvolution (memory: CheckedMemory) (sizes: ConvolutionSizes) (call: KernelCall<buffer>) =
        let result () =
            WindowMeaning.convolution sizes (fun input position -> memory.Read(call.Reads[input], position))

        let columns =
            match sizes.Direction with
            | ConvolutionDirection.Forward
            | ConvolutionDirection.KernelGradient -> sizes.OutputChannels
            | ConvolutionDirection.InputGradient -> sizes.InputChannels

        let rows = (result ()).Length / columns
        let middle = rows / 2
        let mutable values = [||]

        runByRows memory columns rows call.Epilogue (fun row ->
            if row = 0 || row = middle then
                values <- Array.ofList (result ())

            for position in row * columns .. (row + 1) * columns - 1 do
                memory.Write(call.Writes[0], position, values[position]))

    let rec private run (memory: CheckedMemory) (call: KernelCall<buffer>) : unit =
        let read operand position =
            memory.Read(call.Reads[operand], position)

        let write position value =
            memory.Write(call.Writes[0], position, value)

        match call.Kernel with
        | Kernel.Loop program -> runLoop memory program (KernelCall.loopOperands program call.Reads call.Writes)
        | Kernel.MatrixProduct product -> runProduct memory product call
        | Kernel.Copy copy ->
            for position in 0 .. Seq.fold (*) 1 copy.Extents - 1 do
                read 0 (place copy.Extents copy.SourceStrides position)
                |> write (place copy.Extents copy.DestinationStrides position)
        | Kernel.Fill(count, value) ->
            for position in 0 .. count - 1 do
                write position value
        | Kernel.ArgMax(outer, axis, inner) ->
            for first in 0 .. outer - 1 do
                for last in 0 .. inner - 1 do
                    let value position =
                        read 0 ((first * axis + position) * inner + last)

                    let best =
                        (0, [ 1 .. axis - 1 ])
                        ||> List.fold (fun best position -> if value position > value best then position else best)

                    write (first * inner + last) (float best)
        | Kernel.CumulativeSum(outer, axis, inner, reverse, exclusive) ->
            for first in 0 .. outer - 1 do
                for last in 0 .. inner - 1 do
                    let place position =
                        (first * axis + position) * inner + last

                    let mutable sum = 0.0

                    for step in 0 .. axis - 1 do
                        let position = if reverse then axis - 1 - step else step
                        let value = read 0 (place position)
                        write (place position) (if exclusive then sum else sum + value)
                        sum <- sum + value
        | Kernel.Hash(count, bins, key) ->
            for position in 0 .. count - 1 do
                let bin = DecimalHash.bin bins key (int (read 0 position))
                write position (float bin)
        | Kernel.Gather(outer, axis, inner, count) ->
            for first in 0 .. outer - 1 do
                for position in 0 .. count - 1 do
                    let index = int (read 1 position)

                    for last in 0 .. inner - 1 do
                        read 0 ((first * axis + index) * inner + last)
                        |> write ((first * count + position) * inner + last)
        | Kernel.ScatterAdd(outer, axis, inner, count) ->
            for position in 0 .. outer * axis * inner - 1 do
                write position 0.0

            for first in 0 .. outer - 1 do
                for position in 0 .. count - 1 do
                    let index = int (read 0 position)

                    for last in 0 .. inner - 1 do
                        let target = (first * axis + index) * inner + last
                        let added = read 1 ((first * count + position) * inner + last)
                        write target (memory.Read(call.Writes[0], target) + added)
        | Kernel.Random(distribution, stream, count) ->
            let number =
                match distribution with
                | Distribution.Uniform -> NormalDistribution.uniform
                | Distribution.Normal -> NormalDistribution.normal
                | Distribution.TruncatedNormal -> NormalDistribution.truncatedNormal

            Philox.bits24 (int (read 0 0)) stream (int (read 0 1)) count
            |> Array.iteri (fun position bits -> write position (number bits))
        | Kernel.Convolution sizes -> runConvolution memory sizes call
        | Kernel.Pool sizes -> WindowMeaning.pool sizes read |> List.iteri write
        | Kernel.Scan scan -> runScan memory scan call

    and private runScan (memory: CheckedMemory) (scan: ScanLoop) (call: KernelCall<buffer>) : unit =
        let finals, outputs = ScanLoop.destinations scan call.Writes
        let leaves = Dictionary<string, float array>()

        let read operand offset count =
            Array.init count (fun position -> memory.Read(operand, offset + position))

        for position, carry in Seq.indexed scan.Carries do
            leaves[carry.Leaf] <- read call.Reads[position] 0 carry.SizeInElements

        /// The size of a leaf in the body, if the body uses it.
        let sizeOf kind name =
            scan.Body.Buffers
            |> Seq.tryPick (fun buffer ->
                if buffer.Storage = Storage.External(kind, name) then
                    Some buffer.SizeInElements
                else
                    None)

        for step in 0 .. scan.Length - 1 do
            let position = if scan.IsReversed then scan.Length - 1 - step else step

            for operand, input in Seq.zip (Seq.skip scan.Carries.Length call.Reads) scan.Inputs do
                match sizeOf LeafKind.Input input.Leaf with
                | Some size -> leaves[input.Leaf] <- read operand (position * input.Stride) size
                | None -> ()

            for output in scan.Outputs do
                leaves[output.Leaf] <- Array.create output.Stride nan

            execute leaves scan.Body |> ignore

            for carry in scan.Carries do
                match carry.Follows with
                | Some output -> leaves[carry.Leaf] <- Array.copy leaves[output]
                | None -> ()

            for operand, output in Seq.zip outputs scan.Outputs do
                leaves[output.Leaf]
                |> Array.iteri (fun place value -> memory.Write(operand, position * output.Stride + place, value))

        for final, carry in Seq.zip finals scan.Carries do
            match final with
            | Some final ->
                leaves[carry.Leaf]
                |> Array.iteri (fun place value -> memory.Write(final, place, value))
            | None -> ()

    /// The results of a plan by name; the arrays of updated leaves are overwritten.
    and execute (leaves: IReadOnlyDictionary<string, float array>) (plan: Plan) : Map<string, float array> =
        let memory = CheckedMemory(plan, leaves)

        for call in plan.Instructions do
            run memory call

        Map.ofList [
            for result in plan.Results ->
                result.Name,
                Array.init (Seq.fold (*) 1 result.Dimensions) (fun position -> memory.Read(result.Operand, position))
        ]
