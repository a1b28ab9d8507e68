namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Randomness
open Xunit

module PhiloxTests =

    let private block (key: uint32 list) (counter: uint32 list) : uint32 list =
        let struct (w0, w1, w2, w3) =
            Philox.block (key[0], key[1]) (counter[0], counter[1], counter[2], counter[3])

        [ w0; w1; w2; w3 ]

    // Known answers of Philox 4x32-10 that come with Random123 (Salmon, Moraes, Dror, Shaw 2011).

    [<Fact>]
    let ``key 0 and counter 0 give the published words`` () =
        Assert.Equal<uint32 list>(
            [ 0x6627e8d5u; 0xe169c58du; 0xbc57ac4cu; 0x9b00dbd8u ],
            block [ 0u; 0u ] [ 0u; 0u; 0u; 0u ]
        )

    [<Fact>]
    let ``all bits set give the published words`` () =
        let ones = 0xffffffffu

        Assert.Equal<uint32 list>(
            [ 0x408f276du; 0x41c83b0eu; 0xa20bc7c6u; 0x6d5451fdu ],
            block [ ones; ones ] [ ones; ones; ones; ones ]
        )

    [<Fact>]
    let ``the digits of pi give the published words`` () =
        Assert.Equal<uint32 list>(
            [ 0xd16cfe09u; 0x94fdccebu; 0x5001e420u; 0x24126ea1u ],
            block [ 0xa4093822u; 0x299f31d0u ] [ 0x243f6a88u; 0x85a308d3u; 0x13198a2eu; 0x03707344u ]
        )

    let private keys =
        Gen.zip3 (Gen.choose (-5, 1000000)) (Gen.choose (0, 1000)) (Gen.choose (0, 100000))
        |> Arb.fromGen

    [<Fact>]
    let ``element i is lane i mod 4 of the block with counter i / 4 and the step`` () =
        Law.holds 100 keys (fun (seed, stream, step) ->
            let bits = Philox.bits24 seed stream step 11

            [ 0..10 ]
            |> List.forall (fun index ->
                let words =
                    block [ uint32 seed; uint32 stream ] [ uint32 (index / 4); 0u; uint32 step; 0u ]

                bits[index] = int (words[index % 4] >>> 8)))

    [<Fact>]
    let ``fewer numbers are the first of more`` () =
        let cases = Gen.zip (Gen.choose (0, 20)) (Gen.choose (0, 20)) |> Arb.fromGen

        Law.holds 100 cases (fun (few, more) ->
            let all = Philox.bits24 7 3 1 (few + more)
            Array.truncate few all = Philox.bits24 7 3 1 few)

    [<Fact>]
    let ``another seed, stream or step gives other numbers`` () =
        Law.holds 100 keys (fun (seed, stream, step) ->
            let bits = Philox.bits24 seed stream step 8

            [
                Philox.bits24 (seed + 1) stream step 8
                Philox.bits24 seed (stream + 1) step 8
                Philox.bits24 seed stream (step + 1) 8
                Philox.bits24 stream seed step 8
            ]
            |> List.forall (fun other -> other <> bits || seed = stream))

    [<Fact>]
    let ``the numbers have 24 bits, each of them set half the time`` () =
        let count = 20000
        let bits = Philox.bits24 1 2 3 count
        Assert.All(bits, (fun value -> Assert.InRange(value, 0, (1 <<< 24) - 1)))

        for position in 0..23 do
            let set = bits |> Array.sumBy (fun value -> (value >>> position) &&& 1)
            // Five standard deviations of a fair coin.
            Assert.InRange(abs (float set - float count / 2.0), 0.0, 2.5 * sqrt (float count))
