namespace Functional.Runtime.Tests.Sessions

open System.Collections.Generic
open FsCheck
open Xunit
open Functional.Runtime.Sessions

/// A cache that keeps what was used last.
module RecentlyUsedTests =

    /// What a list of uses should leave: the last distinct keys, the newest first.
    let private kept (capacity: int) (keys: int list) : int list =
        List.rev keys |> List.distinct |> List.truncate capacity

    let private holds (law: int list -> int -> bool) : unit =
        Check.One(
            Config.QuickThrowOnFailure,
            fun (keys: uint8 list) (capacity: uint8) ->
                law (keys |> List.map (fun key -> int key % 16)) (1 + int capacity % 8)
        )

    [<Fact>]
    let ``the last used keys have their values, all others were released once`` () =
        holds
        <| fun keys capacity ->
            let released = List<int * int>()
            let cache = RecentlyUsed<int, int * int>(capacity, released.Add)
            let mutable made = 0

            let make key =
                made <- made + 1
                key, made

            for key in keys do
                cache.GetOrAdd(key, make) |> ignore

            let expected = kept capacity keys
            let found = [ 0..15 ] |> List.filter (fun key -> (cache.TryGet key).IsSome)
            let distinct = released |> Seq.distinct |> Seq.length

            found = List.sort expected
            && released.Count = made - expected.Length
            && distinct = released.Count

    [<Fact>]
    let ``clearing releases what is kept`` () =
        holds
        <| fun keys capacity ->
            let released = List<int>()
            let cache = RecentlyUsed<int, int>(capacity, released.Add)

            for key in keys do
                cache.GetOrAdd(key, id) |> ignore

            let before = released.Count
            cache.Clear()

            Set.ofSeq (Seq.skip before released) = Set.ofList (kept capacity keys)
            && keys |> List.forall (fun key -> (cache.TryGet key).IsNone)
