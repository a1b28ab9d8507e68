namespace Functional.Compiler.Planning

open System.Collections.Immutable
open System.Globalization
open System.Text
open Functional.Core.Graph
open Functional.Core.Tensors

/// Plans as text, for people: a table of buffers, the kernel calls in order, the results, and what memory sharing saved.
[<RequireQualifiedAccess>]
module PlanPrinter =

    let private number (value: float) : string =
        value.ToString("R", CultureInfo.InvariantCulture)

    let private list (values: int seq) : string =
        values |> Seq.map string |> String.concat "x"

    let private operand (operand: Operand<buffer>) : string =
        if operand.OffsetInElements = 0 then
            $"b{int operand.Id}"
        else
            $"b{int operand.Id}+{operand.OffsetInElements}"

    let private storage (storage: Storage) : string =
        match storage with
        | Storage.Arena offset -> $"arena at {offset}"
        | Storage.External(kind, name) -> $"%A{kind} '{name}'".Replace("LeafKind.", "")
        | Storage.Constant literal ->
            let shown = literal.Values |> Seq.truncate 4 |> Seq.map number |> String.concat ", "
            let rest = if literal.Values.Length > 4 then ", ..." else ""
            $"constant [{shown}{rest}]"

    /// The buffers before this one that lie on the same bytes of the arena.
    let private sharing (plan: Plan) (position: int) : string =
        let bytes index =
            match plan.Buffers[index].Storage with
            | Storage.Arena offset -> Some(offset, offset + Plan.sizeInBytes plan.Buffers[index])
            | Storage.External _
            | Storage.Constant _ -> None

        match bytes position with
        | None -> ""
        | Some(first, last) ->
            let shared =
                [ 0 .. position - 1 ]
                |> List.filter (fun other ->
                    match bytes other with
                    | Some(otherFirst, otherLast) -> otherFirst < last && first < otherLast
                    | None -> false)

            if shared.IsEmpty then
                ""
            else
                ", shared with "
                + (shared |> List.map (fun other -> $"b{other}") |> String.concat ", ")

    let private reduction (reduction: Reduction) : string =
        match reduction with
        | Reduction.Sum -> "sum"
        | Reduction.Maximum -> "max"
        | Reduction.Minimum -> "min"
        | Reduction.Product -> "product"

    let private registerType (registerType: RegisterType) : string =
        match registerType with
        | RegisterType.Float -> "float"
        | RegisterType.Int32 -> "int32"
        | RegisterType.Bool -> "bool"

    /// One line per step: loads as "r0 = x[b1]", stores as "b2 <- r5".
    let private steps
        (program: LoopProgram)
        (reads: ImmutableArray<Operand<buffer>>)
        (writes: ImmutableArray<Operand<buffer>>)
        : string list =
        let phases = LoopProgram.phases program
        let operands = KernelCall.loopOperands program reads writes

        let place position =
            let strides =
                program.Operands[position].Strides |> Seq.map string |> String.concat ","

            $"{operand operands[position]}[{strides}]"

        [
            for position in 0 .. program.Instructions.Length - 1 do
                let instruction = program.Instructions[position]

                let text =
                    match instruction.Operation with
                    | LoopOperation.Load source -> $"r{position} = {place source}"
                    | LoopOperation.Constant value -> $"r{position} = {number value}"
                    | LoopOperation.Index dimension -> $"r{position} = index {dimension}"
                    | LoopOperation.Unary(f, x) -> $"r{position} = %A{f} r{x}"
                    | LoopOperation.Binary(f, x, y) -> $"r{position} = %A{f} r{x} r{y}"
                    | LoopOperation.Compare(f, x, y) -> $"r{position} = %A{f} r{x} r{y}"
                    | LoopOperation.Select(condition, x, y) -> $"r{position} = Select r{condition} r{x} r{y}"
                    | LoopOperation.Cast x -> $"r{position} = Cast r{x} to {registerType instruction.Type}"
                    | LoopOperation.Reduce(f, x) -> $"r{position} = {reduction f} of row r{x}"
                    | LoopOperation.Store(target, x) -> $"{place target} <- r{x}"
                    | LoopOperation.Accumulate(f, target, x) -> $"{place target} <- {reduction f} over rows r{x}"

                let level =
                    match instruction.Level with
                    | LoopLevel.Row -> "row"
                    | LoopLevel.Column -> "column"

                $"      {phases[position]} {level, -6} {text}"
        ]

    let private epilogue (epilogue: Epilogue<buffer> option) : string list =
        match epilogue with
        | Some epilogue ->
            $"    then {list epilogue.Program.Extents}"
            :: steps epilogue.Program epilogue.Reads epilogue.Writes
        | None -> []

    let private factor (place: Operand<buffer>) (layout: MatrixLayout) : string =
        let transposed = if layout.IsTransposed then "T" else ""

        let batch =
            match layout.OuterStride, layout.BatchStride with
            | 0, 0 -> ""
            | 0, stride -> $", batch {stride}"
            | outer, stride -> $", batch {outer},{stride}"

        $"{operand place}{transposed} (leading {layout.LeadingDimension}{batch})"

    /// "28x28 by 3x3 to 14x14, stride 2x2, low 1x1".
    let private windows (axes: ImmutableArray<WindowAxis>) : string =
        let each (value: WindowAxis -> int) = axes |> Seq.map value |> list

        let unless usual name value =
            if Seq.forall (fun axis -> value axis = usual) axes then
                ""
            else
                $", {name} {each value}"

        $"{each _.Input} by {each _.Size} to {each _.Output}"
        + unless 1 "stride" _.Stride
        + unless 0 "low" _.Low
        + unless 1 "dilation" _.Dilation

    let private convolution (sizes: ConvolutionSizes) : string =
        let groups = if sizes.Groups = 1 then "" else $", groups {sizes.Groups}"

        let name =
            match sizes.Direction with
            | ConvolutionDirection.Forward -> "convolution"
            | ConvolutionDirection.InputGradient -> "convolution input gradient"
            | ConvolutionDirection.KernelGradient -> "convolution kernel gradient"

        $"{name} {sizes.Batch} of {windows sizes.Axes}, channels {sizes.InputChannels} to {sizes.OutputChannels}{groups}"

    let private pool (sizes: PoolSizes) : string =
        let name =
            match sizes.Function with
            | PoolFunction.Sum -> "sum pool"
            | PoolFunction.SumGradient -> "sum pool gradient"
            | PoolFunction.Maximum -> "max pool"
            | PoolFunction.SelectAndScatter -> "select and scatter"
            | PoolFunction.SelectAndGather -> "select and gather"

        $"{name} {sizes.Batch} of {windows sizes.Axes}, channels {sizes.Channels}"

    let rec private call (call: KernelCall<buffer>) : string list =
        let read position = operand call.Reads[position]
        let written () = operand call.Writes[0]

        match call.Kernel with
        | Kernel.Loop program -> $"loop {list program.Extents}" :: steps program call.Reads call.Writes
        | Kernel.MatrixProduct product ->
            let batch =
                if product.OuterBatch > 1 then
                    $"{product.OuterBatch}x{product.Batch} of "
                elif product.Batch > 1 then
                    $"{product.Batch} of "
                else
                    ""

            let added = if product.Accumulate then " +" else " "
            let stays = if product.RightStays then " (packed once)" else ""

            let left, right =
                factor call.Reads[0] product.Left, factor call.Reads[1] product.Right

            $"product {batch}{product.Rows}x{product.Inner} {product.Inner}x{product.Columns}: {written ()}{added}= {left} * {right}{stays}"
            :: epilogue call.Epilogue
        | Kernel.Copy copy -> [
            let strides (values: ImmutableArray<int>) =
                values |> Seq.map string |> String.concat ","

            $"copy {list copy.Extents}: {written ()}[{strides copy.DestinationStrides}] <- {read 0}[{strides copy.SourceStrides}]"
          ]
        | Kernel.Fill(count, value) -> [ $"fill {count}: {written ()} <- {number value}" ]
        | Kernel.ArgMax(outer, axis, inner) -> [ $"argmax {outer}x[{axis}]x{inner}: {written ()} <- {read 0}" ]
        | Kernel.CumulativeSum(outer, axis, inner, reverse, exclusive) -> [
            let kind =
                (if exclusive then " exclusive" else "") + (if reverse then " reverse" else "")

            $"cumulative sum{kind} {outer}x[{axis}]x{inner}: {written ()} <- {read 0}"
          ]
        | Kernel.Hash(count, bins, key) -> [
            let kind = if key.IsSome then "keyed hash" else "hash"
            $"{kind} {count} to {bins} bins: {written ()} <- {read 0}"
          ]
        | Kernel.Gather(outer, axis, inner, count) -> [
            $"gather {outer}x[{axis}]x{inner}, {count} indices: {written ()} <- {read 0} at {read 1}"
          ]
        | Kernel.ScatterAdd(outer, axis, inner, count) -> [
            $"scatter-add {outer}x[{axis}]x{inner}, {count} indices: {written ()} <- {read 1} at {read 0}"
          ]
        | Kernel.Random(distribution, stream, count) -> [
            $"random %A{distribution} {count}, stream {stream}: {written ()} <- key {read 0}"
          ]
        | Kernel.Convolution sizes ->
            $"{convolution sizes}: {written ()} <- {read 0}, {read 1}"
            :: epilogue call.Epilogue
        | Kernel.Pool sizes -> [
            let sources = call.Reads |> Seq.map operand |> String.concat ", "
            $"{pool sizes}: {written ()} <- {sources}"
          ]
        | Kernel.Scan scan -> scanLines scan call

    and private scanLines (scan: ScanLoop) (call: KernelCall<buffer>) : string list =
        let direction = if scan.IsReversed then " reversed" else ""
        let finals, outputs = ScanLoop.destinations scan call.Writes

        let moving (place: Operand<buffer>) (memory: ScanOperand) =
            if memory.Stride = 0 then
                operand place
            else
                $"{operand place}[{memory.Stride}]"

        [
            $"scan {scan.Length}{direction}"
            for position, carry in Seq.indexed scan.Carries do
                let final = finals[position] |> Option.map operand |> Option.defaultValue "nowhere"
                let through = carry.Follows |> Option.map (fun output -> $" through '{output}'")
                $"      carry '{carry.Leaf}' from {operand call.Reads[position]}{Option.toObj through} to {final}"
            for position, input in Seq.indexed scan.Inputs do
                $"      '{input.Leaf}' = {moving call.Reads[scan.Carries.Length + position] input}"
            for place, output in Seq.zip outputs scan.Outputs do
                $"      {moving place output} <- '{output.Leaf}'"
            for line in (print scan.Body).TrimEnd('\n').Split('\n') do
                $"      {line}"
        ]

    /// A kernel call as one line.
    and headline (instruction: KernelCall<buffer>) : string =
        let written =
            KernelCall.writes instruction
            |> Seq.distinct
            |> Seq.map operand
            |> String.concat ", "

        match instruction.Kernel with
        | Kernel.Loop _ -> $"{List.head (call instruction)}: {written}"
        | _ -> List.head (call instruction)

    /// The plan as a listing.
    and print (plan: Plan) : string =
        let text = StringBuilder()

        let line (content: string) =
            text.Append(content).Append('\n') |> ignore

        line $"plan of {plan.Instructions.Length} kernels on {ElementType.name plan.FloatType}"
        line "buffers"

        plan.Buffers
        |> Seq.iteri (fun position buffer ->
            let elements = $"{buffer.SizeInElements} {ElementType.name buffer.ElementType}"
            line $"  b{position, -3} {elements, -16} {storage buffer.Storage}{sharing plan position}")

        line "kernels"

        plan.Instructions
        |> Seq.iteri (fun position instruction ->
            match call instruction with
            | first :: rest ->
                line $"  {position, 3} {first}"
                List.iter line rest
            | [] -> ())

        line "results"

        for result in plan.Results do
            let shape = Shape.ofInts result.Dimensions
            line $"  {result.Name}: {operand result.Operand}, {ElementType.name result.ElementType} {shape}"

        let saved = plan.UnsharedSizeInBytes - plan.ArenaSizeInBytes
        line $"arena {plan.ArenaSizeInBytes} bytes, {saved} saved by sharing"
        text.ToString()
