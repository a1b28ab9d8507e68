namespace Functional.Core.Graph

open System
open Functional.Core.Tensors

/// What convolutions and pools mean, on float64: one loop over all windows.
[<RequireQualifiedAccess>]
module internal WindowInterpreter =

    /// The spatial part of (batch, space.., channels) or (size.., channels, channels).
    let private spatial skipped (lengths: int list) : int list =
        lengths |> List.skip skipped |> List.take (lengths.Length - 2)

    /// Where in the input the element of a window lies, if it is no padding.
    let private inside (lengths: int list) strides (lows: int list) dilations (window: int list) (element: int list) =
        let place =
            List.map3 (fun stride low position -> position * stride - low) strides lows window
            |> List.map3 (fun dilation element start -> start + element * dilation) dilations element

        if List.forall2 (fun position length -> position >= 0 && position < length) place lengths then
            Some place
        else
            None

    /// Calls an action with the places of every element of input, kernel and result that are multiplied with one another.
    let private products
        (window: ConvolutionWindow)
        (lows: int list)
        (input: int list)
        (kernel: int list)
        (result: int list)
        (multiply: int -> int -> int -> unit)
        =
        let channels = kernel[kernel.Length - 2]
        let filters = List.last kernel / window.Groups
        let space = spatial 1 input

        for batch in 0 .. input[0] - 1 do
            for position in RowMajor.indices (spatial 1 result) do
                for element in RowMajor.indices (spatial 0 kernel) do
                    match inside space window.Strides lows window.Dilations position element with
                    | None -> ()
                    | Some place ->
                        let from = RowMajor.place input (batch :: place @ [ 0 ])
                        let tap = RowMajor.place kernel (element @ [ 0; 0 ])
                        let into = RowMajor.place result (batch :: position @ [ 0 ])

                        for group in 0 .. window.Groups - 1 do
                            for channel in 0 .. channels - 1 do
                                for filter in group * filters .. (group + 1) * filters - 1 do
                                    multiply
                                        (from + group * channels + channel)
                                        (tap + channel * List.last kernel + filter)
                                        (into + filter)

    let private dimensions (literal: Literal) : int list = List.ofSeq literal.Dimensions

    /// The convolution of an input with a kernel.
    let convolution window lows (size: int list) (input: Literal) (kernel: Literal) : float array =
        let result = Array.zeroCreate (List.fold (*) 1 size)

        products window lows (dimensions input) (dimensions kernel) size (fun x k y ->
            result[y] <- result[y] + input.Values[x] * kernel.Values[k])

        result

    /// What flows back to the input.
    let inputGradient window lows (size: int list) (upstream: Literal) (kernel: Literal) : float array =
        let result = Array.zeroCreate (List.fold (*) 1 size)

        products window lows size (dimensions kernel) (dimensions upstream) (fun x k y ->
            result[x] <- result[x] + upstream.Values[y] * kernel.Values[k])

        result

    /// What flows back to the kernel.
    let kernelGradient window lows (size: int list) (input: Literal) (upstream: Literal) : float array =
        let result = Array.zeroCreate (List.fold (*) 1 size)

        products window lows (dimensions input) size (dimensions upstream) (fun x k y ->
            result[k] <- result[k] + input.Values[x] * upstream.Values[y])

        result

    /// For every element of a pool's result, in row-major order, the places of the input's elements in its window.
    let private windows (window: PoolWindow) lows (input: int list) (result: int list) : int array seq =
        let ones = List.map (fun _ -> 1) window.Size

        RowMajor.indices result
        |> Seq.map (fun index -> [|
            for element in RowMajor.indices window.Size do
                match inside (spatial 1 input) window.Strides lows ones (spatial 1 index) element with
                | Some place -> RowMajor.place input (List.head index :: place @ [ List.last index ])
                | None -> ()
        |])

    /// The place of the first maximum; NaN counts as greatest.
    let private first (values: Literal) (places: int array) : int option =
        if places.Length = 0 then
            None
        else
            let rank place =
                let value = values.Values[place]
                if Double.IsNaN value then 1, 0.0 else 0, value

            Some(Array.maxBy rank places)

    /// The sum of every window.
    let sumPool window lows (size: int list) (input: Literal) : float array =
        windows window lows (dimensions input) size
        |> Seq.map (Array.sumBy (fun place -> input.Values[place]))
        |> Array.ofSeq

    /// The upstream of every window added to all its elements.
    let sumPoolGradient window lows (size: int list) (upstream: Literal) : float array =
        let result = Array.zeroCreate (List.fold (*) 1 size)

        windows window lows size (dimensions upstream)
        |> Seq.iteri (fun position places ->
            for place in places do
                result[place] <- result[place] + upstream.Values[position])

        result

    /// The other at the first maximum of every window, or a value where a window has no elements.
    let select window lows (size: int list) (empty: float) (values: Literal) (others: Literal) : float array =
        windows window lows (dimensions values) size
        |> Seq.map (
            first values
            >> Option.map (fun place -> others.Values[place])
            >> Option.defaultValue empty
        )
        |> Array.ofSeq

    /// The upstream of every window added to its first maximum.
    let scatter window lows (values: Literal) (upstream: Literal) : float array =
        let result = Array.zeroCreate values.Values.Length

        windows window lows (dimensions values) (dimensions upstream)
        |> Seq.iteri (fun position places ->
            first values places
            |> Option.iter (fun place -> result[place] <- result[place] + upstream.Values[position]))

        result
