namespace Functional.Compiler.Planning

open System.Collections.Generic

/// From the first to the last step, by position in the schedule, in which a value has to be in memory.
[<Struct>]
type internal Lifetime = { First: int; Last: int }

[<RequireQualifiedAccess>]
module internal Lifetimes =

    /// The lifetime of every value that the steps write. What is kept lives to the end.
    let find (isKept: int -> bool) (steps: Step array) : Dictionary<int, Lifetime> =
        let lifetimes = Dictionary<int, Lifetime>()

        for position in 0 .. steps.Length - 1 do
            for value in steps[position].Writes do
                if not (lifetimes.ContainsKey value) then
                    lifetimes[value] <- {
                        First = position
                        Last = if isKept value then steps.Length else position
                    }

            for value in steps[position].Reads do
                match lifetimes.TryGetValue value with
                | true, lifetime ->
                    lifetimes[value] <- {
                        lifetime with
                            Last = max lifetime.Last position
                    }
                | false, _ -> ()

        lifetimes

    /// Whether two lifetimes have a step in common.
    let overlap (left: Lifetime) (right: Lifetime) : bool =
        left.First <= right.Last && right.First <= left.Last
