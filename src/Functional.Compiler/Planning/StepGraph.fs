namespace Functional.Compiler.Planning

open System.Collections.Generic

/// Which steps have to run before which.
type internal StepGraph(steps: Step array) =
    let writer = Dictionary<int, int>()
    let readers = Dictionary<int, List<int>>()
    let successors = Array.init steps.Length (fun _ -> HashSet<int>())

    let readersOf value =
        match readers.TryGetValue value with
        | true, found -> found
        | false, _ ->
            let found = List<int>()
            readers[value] <- found
            found

    do
        for position in 0 .. steps.Length - 1 do
            for value in steps[position].Writes do
                writer[value] <- position

        for position in 0 .. steps.Length - 1 do
            for value in steps[position].Reads do
                (readersOf value).Add position

                match writer.TryGetValue value with
                | true, source when source <> position -> successors[source].Add position |> ignore
                | _ -> ()

    /// The steps.
    member _.Steps: Step array = steps

    /// The step that writes a value, if one does.
    member _.TryWriter(value: int) : int option =
        match writer.TryGetValue value with
        | true, position -> Some position
        | false, _ -> None

    /// The steps that read a value.
    member _.Readers(value: int) : int seq = readersOf value

    /// The steps that have to wait for a step.
    member _.Successors(position: int) : IReadOnlyCollection<int> = successors[position]

    /// Makes a step wait for another one.
    member _.AddOrder(before: int, after: int) : unit =
        if before <> after then
            successors[before].Add after |> ignore

    /// Whether some of the steps wait for a step, directly or not.
    member _.Reaches(start: int, targets: HashSet<int>) : bool =
        let seen = HashSet<int>()
        let pending = Stack<int>([ start ])
        let mutable found = false

        while not found && pending.Count > 0 do
            for next in successors[pending.Pop()] do
                if seen.Add next then
                    found <- found || targets.Contains next
                    pending.Push next

        found
