namespace Functional.Runtime.Sessions

open System
open System.Threading

/// The steps of random numbers: batches that train count up from 0, batches that judge down from -1, batches that are
/// answered up from the smallest number. So equal seeds never draw alike in two of them.
[<RequireQualifiedAccess>]
module RandomSteps =

    /// The step of a batch that trains, numbered from 0.
    let ofTraining (batch: int) : int = batch

    /// The step of a batch that is judged, numbered from 0.
    let ofEvaluation (batch: int) : int = -1 - batch

    /// The step of a batch that is answered, numbered from 0.
    let ofPrediction (batch: int) : int = Int32.MinValue + batch

/// Where random numbers of predictions come from: a seed, and a step of its own for every batch. Safe from any number of
/// threads at once.
[<Sealed>]
type PredictionKeys(seed: int) =
    let mutable batch = -1

    /// Seed and step of the next batch.
    member _.Next() : struct (int * int) =
        struct (seed, RandomSteps.ofPrediction (Interlocked.Increment &batch))
