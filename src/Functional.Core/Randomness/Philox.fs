namespace Functional.Core.Randomness

open System

/// Counter-based random bits: Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as
/// 1, 2, 3"). Key = (seed, stream), counter = (index / 4, step), lane = index % 4: every number can be computed alone, on
/// any machine, in any order, with the same result.
[<RequireQualifiedAccess>]
module Philox =

    let private multiplier0 = 0xD2511F53UL
    let private multiplier1 = 0xCD9E8D57UL
    let private weyl0 = 0x9E3779B9u
    let private weyl1 = 0xBB67AE85u

    /// The four words of one counter under one key.
    let block (key0: uint32, key1: uint32) (c0: uint32, c1: uint32, c2: uint32, c3: uint32) =
        let rec rounds count key0 key1 (c0: uint32) c1 (c2: uint32) c3 =
            if count = 0 then
                struct (c0, c1, c2, c3)
            else
                let product0 = multiplier0 * uint64 c0
                let product1 = multiplier1 * uint64 c2

                rounds
                    (count - 1)
                    (key0 + weyl0)
                    (key1 + weyl1)
                    (uint32 (product1 >>> 32) ^^^ c1 ^^^ key0)
                    (uint32 product1)
                    (uint32 (product0 >>> 32) ^^^ c3 ^^^ key1)
                    (uint32 product0)

        rounds 10 key0 key1 c0 c1 c2 c3

    /// What a function makes of the 24 random bits of each of the elements from `first` on, as many as the target has.
    let fill24
        (number: int -> 'number)
        (seed: int)
        (stream: int)
        (step: int)
        (first: int)
        (target: Span<'number>)
        : unit =
        let mutable index = 0

        while index < target.Length do
            let struct (w0, w1, w2, w3) =
                block (uint32 seed, uint32 stream) (uint32 ((first + index) / 4), 0u, uint32 step, 0u)

            let mutable lane = (first + index) % 4

            while lane < 4 && index < target.Length do
                let word =
                    match lane with
                    | 0 -> w0
                    | 1 -> w1
                    | 2 -> w2
                    | _ -> w3

                target[index] <- number (int (word >>> 8))
                lane <- lane + 1
                index <- index + 1

    /// The 24 random bits of elements 0 .. count-1.
    let bits24 (seed: int) (stream: int) (step: int) (count: int) : int array =
        let values = Array.zeroCreate count
        fill24 id seed stream step 0 (Span values)
        values
