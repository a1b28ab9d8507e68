namespace Functional.Core.Hashing

open System
open System.Buffers.Binary
open System.Globalization
open System.Numerics
open System.Text

/// Where a whole number falls among bins by a hash of its decimal text, as TensorFlow's to_hash_bucket has it: FarmHash's
/// Fingerprint64 (Geoff Pike 2014, farmhashna) without a key, SipHash-2-4 (Aumasson and Bernstein 2012) with one.
[<RequireQualifiedAccess>]
module DecimalHash =

    let private k0 = 0xc3a5c85c97cb3127UL
    let private k2 = 0x9ae16a3b2f90404fUL

    let private word64 (text: byte array) (start: int) : uint64 =
        BinaryPrimitives.ReadUInt64LittleEndian(ReadOnlySpan(text, start, 8))

    let private word32 (text: byte array) (start: int) : uint64 =
        uint64 (BinaryPrimitives.ReadUInt32LittleEndian(ReadOnlySpan(text, start, 4)))

    let private mix (value: uint64) : uint64 = value ^^^ (value >>> 47)

    let private combine (first: uint64) (second: uint64) (factor: uint64) : uint64 =
        let inner = mix ((first ^^^ second) * factor)
        mix ((second ^^^ inner) * factor) * factor

    /// Fingerprint64 of a text of at most 16 bytes: decimal texts of int32 have at most 11.
    let fingerprint (text: byte array) : uint64 =
        let length = uint64 text.Length
        let factor = k2 + length * 2UL

        if text.Length >= 8 then
            let a = word64 text 0 + k2
            let b = word64 text (text.Length - 8)
            let c = BitOperations.RotateRight(b, 37) * factor + a
            let d = (BitOperations.RotateRight(a, 25) + b) * factor
            combine c d factor
        elif text.Length >= 4 then
            combine (length + (word32 text 0 <<< 3)) (word32 text (text.Length - 4)) factor
        elif text.Length > 0 then
            let y = uint64 text[0] + (uint64 text[text.Length >>> 1] <<< 8)
            let z = length + (uint64 text[text.Length - 1] <<< 2)
            mix ((y * k2) ^^^ (z * k0)) * k2
        else
            k2

    let private sipRound (struct (v0: uint64, v1: uint64, v2: uint64, v3: uint64)) =
        let v0 = v0 + v1
        let v2 = v2 + v3
        let v1 = BitOperations.RotateLeft(v1, 13) ^^^ v0
        let v3 = BitOperations.RotateLeft(v3, 16) ^^^ v2
        let v0 = BitOperations.RotateLeft(v0, 32) + v3
        let v2 = v2 + v1
        let v3 = BitOperations.RotateLeft(v3, 21) ^^^ v0
        let v1 = BitOperations.RotateLeft(v1, 17) ^^^ v2
        struct (v0, v1, BitOperations.RotateLeft(v2, 32), v3)

    /// SipHash-2-4 of a text with a key.
    let keyed (key0: uint64, key1: uint64) (text: byte array) : uint64 =
        let padded = Array.zeroCreate<byte>((text.Length / 8 + 1) * 8)
        Array.blit text 0 padded 0 text.Length
        padded[padded.Length - 1] <- byte text.Length

        let start =
            struct (key0 ^^^ 0x736f6d6570736575UL,
                    key1 ^^^ 0x646f72616e646f6dUL,
                    key0 ^^^ 0x6c7967656e657261UL,
                    key1 ^^^ 0x7465646279746573UL)

        let absorb (struct (v0, v1, v2, v3)) word =
            let struct (v0, v1, v2, v3) = sipRound (sipRound struct (v0, v1, v2, v3 ^^^ word))
            struct (v0 ^^^ word, v1, v2, v3)

        let struct (v0, v1, v2, v3) =
            [ 0..8 .. padded.Length - 8 ]
            |> List.map (word64 padded)
            |> List.fold absorb start

        let struct (v0, v1, v2, v3) =
            Seq.fold (fun state _ -> sipRound state) (struct (v0, v1, v2 ^^^ 0xffUL, v3)) (seq { 1..4 })

        v0 ^^^ v1 ^^^ v2 ^^^ v3

    /// The bin, from 0 to bins - 1, of a whole number.
    let bin (bins: int) (key: (uint64 * uint64) option) (value: int) : int =
        let text = Encoding.ASCII.GetBytes(value.ToString CultureInfo.InvariantCulture)

        let hash =
            match key with
            | Some key -> keyed key text
            | None -> fingerprint text

        int (hash % uint64 bins)
