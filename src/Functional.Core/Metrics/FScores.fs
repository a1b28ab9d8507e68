namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Naming

/// Weighted harmonic means of precision and recall, per class or averaged.
[<RequireQualifiedAccess>]
module FScores =

    // keras.config.epsilon()
    let private epsilon = 1e-7

    /// Predictions as 0 and 1: above the threshold, or the largest of the row unless that is 0.
    let private decisions (threshold: float option) (yPred: Node) : Node =
        let isYes =
            match threshold with
            | Some limit -> Ops.greater yPred (yPred.Number limit)
            | None ->
                let isLargest = Ops.greaterOrEqual yPred (Ops.max [ -1 ] true yPred)
                Ops.logicalAnd isLargest (Ops.greater (Ops.abs yPred) (yPred.Number 1e-9))

        Ops.cast yPred.ElementType isYes

    let private update
        isMicro
        threshold
        (state: Node list)
        (yTrue: Node)
        (yPred: Node)
        (weight: Node option)
        : Node list =
        let elementType = state.Head.ElementType
        let found = decisions threshold (Ops.cast elementType yPred)
        let wanted = Ops.cast elementType yTrue

        let sum (node: Node) =
            let weighted =
                match weight with
                | Some weight -> node * Alignment.trailing node (Ops.cast elementType weight)
                | None -> node

            Ops.sum (if isMicro then [ 0; 1 ] else [ 0 ]) false weighted

        [
            sum (found * wanted)
            sum (found * (1.0 - wanted))
            sum ((1.0 - found) * wanted)
            sum wanted
        ]
        |> List.map2 (+) state

    let private result (average: string option) (beta: float) (state: Node list) : Node =
        let tp, fp, fn, support = state[0], state[1], state[2], state[3]
        let precision = tp / (tp + fp + epsilon)
        let recall = tp / (tp + fn + epsilon)
        let square = beta * beta

        let score =
            precision * recall / (precision * square + recall + epsilon) * (1.0 + square)

        let axes = Ops.allAxes score

        match average with
        | None -> score
        | Some "weighted" -> Ops.sum axes false (score * (support / (Ops.sum axes false support + epsilon)))
        | Some _ -> Ops.mean axes false score

    /// The score with a beta: recall counts beta times as much as precision.
    let private score className beta betaArgument (name: string) (config: Config) : Metric =
        let average = Config.tryString "average" config
        let known = [ "micro"; "macro"; "weighted" ]

        match average with
        | Some other when not (List.contains other known) -> invalidArg "average" (Names.unknown "average" other known)
        | _ -> ()

        let threshold =
            Config.tryFind "threshold" config
            |> Option.map (fun _ -> Config.float "threshold" 0.5 config)

        let isMicro = average = Some "micro"

        let arguments =
            MetricState.arguments
                ([ "average", ConfigValue.Null ]
                 @ betaArgument
                 @ [ "threshold", ConfigValue.Null ])
                config

        {
            ClassName = className
            Name = name
            Config = arguments
            State =
                fun predictions ->
                    let dimensions =
                        if isMicro then
                            []
                        else
                            [ MetricState.lastLength className predictions ]

                    [
                        "true_positives"
                        "false_positives"
                        "false_negatives"
                        "intermediate_weights"
                    ]
                    |> List.map (fun variable -> MetricState.zeros variable dimensions)
            Update = update isMicro threshold
            Result = result average beta
        }

    /// The harmonic mean of precision and recall.
    let f1 (name: string) (config: Config) : Metric = score "F1Score" 1.0 [] name config

    /// The harmonic mean in which recall counts beta times as much as precision.
    let fBeta (name: string) (config: Config) : Metric =
        score "FBetaScore" (Config.float "beta" 1.0 config) [ "beta", ConfigValue.Float 1.0 ] name config
