namespace Functional.Core.Layers

open System

/// Values and weights that stand for data, few enough to keep: what Discretization finds its boundaries with
/// (keras/src/layers/preprocessing/discretization.py: summarize, merge_summaries, compress_summary).
type QuantileSummary = private {
    Values: float list
    Weights: float list
}

[<RequireQualifiedAccess>]
module QuantileSummary =

    /// Of no data.
    let empty: QuantileSummary = { Values = []; Weights = [] }

    let private single (value: float) : float = float (float32 value)

    /// Numbers at places, between points that ascend; flat outside them (NumPy's interp).
    let private interpolate (places: float list) (points: float array) (values: float array) : float list =
        places
        |> List.map (fun place ->
            let next = points |> Array.tryFindIndex (fun point -> point > place)

            match next with
            | Some 0 -> values[0]
            | None -> Array.last values
            | Some next ->
                let slope = (values[next] - values[next - 1]) / (points[next] - points[next - 1])
                values[next - 1] + slope * (place - points[next - 1]))

    /// At most about 1 / epsilon values; as many as before where there are fewer.
    let private compress (epsilon: float) (summary: QuantileSummary) : QuantileSummary =
        if float summary.Values.Length * epsilon < 1.0 then
            summary
        else
            let count = int (Math.Ceiling(1.0 / epsilon))
            let shares = [ for index in 0 .. count - 1 -> epsilon + float index * epsilon ]
            let totals = summary.Weights |> List.scan (+) 0.0 |> List.tail |> Array.ofList
            let points = totals |> Array.map (fun total -> total / Array.last totals)
            let newTotals = interpolate shares points totals

            {
                Values = interpolate shares points (Array.ofList summary.Values) |> List.map single
                Weights =
                    List.map2 (-) newTotals (0.0 :: List.take (newTotals.Length - 1) newTotals)
                    |> List.map single
            }

    /// The summary with more data; epsilon is the share of the data that an answer may be wrong by.
    let add (epsilon: float) (data: float list) (summary: QuantileSummary) : QuantileSummary =
        let sorted = data |> List.map single |> List.sort
        let increment = float sorted.Length * epsilon
        let step = Math.Max(increment, 1.0)
        let start = int increment
        let stride = int step

        let kept =
            sorted
            |> List.indexed
            |> List.filter (fun (index, _) -> index >= start && (index - start) % stride = 0)
            |> List.map snd

        List.zip kept (List.replicate kept.Length step)
        @ List.zip summary.Values summary.Weights
        |> List.sortBy fst
        |> List.unzip
        |> fun (values, weights) -> compress epsilon { Values = values; Weights = weights }

    /// The values that part the data into as many bins of about one size: one less than there are bins. Fewer where the
    /// data has not enough values.
    let boundaries (binCount: int) (summary: QuantileSummary) : float list =
        let values = (compress (1.0 / float binCount) summary).Values
        List.truncate (values.Length - 1) values
