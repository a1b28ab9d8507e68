namespace Functional.Core.Tensors

/// What a dimension is made of besides whole numbers: a size not known yet, or a floor division of one.
[<RequireQualifiedAccess>]
type DimensionAtom =
    | Named of name: string
    | Quotient of dividend: Dimension * divisor: int

/// The length of one axis: a polynomial with whole coefficients over sizes that are not known yet ("batch").
/// Kept in a normal form (sorted, no zero coefficients), so that equal lengths are equal values.
and Dimension = private {
    /// Coefficient of each product of atoms; the constant term has no atoms.
    Terms: (DimensionAtom list * int) list
} with

    /// Sum of two lengths.
    static member (+)(left: Dimension, right: Dimension) : Dimension =
        Dimension.Normalize(left.Terms @ right.Terms)

    /// Difference of two lengths.
    static member (-)(left: Dimension, right: Dimension) : Dimension =
        Dimension.Normalize(left.Terms @ (right.Terms |> List.map (fun (atoms, factor) -> atoms, -factor)))

    /// Product of two lengths.
    static member (*)(left: Dimension, right: Dimension) : Dimension =
        Dimension.Normalize [
            for leftAtoms, leftFactor in left.Terms do
                for rightAtoms, rightFactor in right.Terms do
                    List.sort (leftAtoms @ rightAtoms), leftFactor * rightFactor
        ]

    static member private Normalize(terms: (DimensionAtom list * int) list) : Dimension = {
        Terms =
            terms
            |> List.groupBy fst
            |> List.map (fun (atoms, group) -> atoms, List.sumBy snd group)
            |> List.filter (fun (_, factor) -> factor <> 0)
            |> List.sortBy fst
    }

    /// Whether the length depends on one that nobody gave a name.
    member private this.IsUnnamed: bool =
        this.Terms
        |> List.exists (fun (atoms, _) ->
            atoms
            |> List.exists (function
                | DimensionAtom.Named name -> name.StartsWith '?'
                | DimensionAtom.Quotient(dividend, _) -> dividend.IsUnnamed))

    /// "batch", "32", "2*batch + 1"; "None", as Keras writes it, for what depends on a length without a name.
    override this.ToString() =
        if this.IsUnnamed then "None" else this.Polynomial

    member private this.Polynomial: string =
        let atom =
            function
            | DimensionAtom.Named name -> name
            | DimensionAtom.Quotient(dividend, divisor) -> $"({dividend})/{divisor}"

        let magnitude (atoms, factor: int) =
            match atoms with
            | [] -> string (abs factor)
            | _ ->
                let product = atoms |> List.map atom |> String.concat "*"

                if abs factor = 1 then
                    product
                else
                    $"{abs factor}*{product}"

        match List.rev this.Terms with
        | [] -> "0"
        | first :: others ->
            let start = if snd first < 0 then "-" else ""

            let rest =
                others
                |> List.map (fun term -> (if snd term < 0 then " - " else " + ") + magnitude term)

            start + magnitude first + String.concat "" rest

[<RequireQualifiedAccess>]
module Dimension =

    /// A length known now.
    let known (size: int) : Dimension = {
        Terms = if size = 0 then [] else [ [], size ]
    }

    /// A length known only when data arrives; equal names are equal lengths.
    let named (name: string) : Dimension = {
        Terms = [ [ DimensionAtom.Named name ], 1 ]
    }

    /// A length known only when data arrives, which texts call None; equal keys are equal lengths.
    let unnamed (key: string) : Dimension = named $"?{key}"

    /// The batch: the leading axis of every model input.
    let batch: Dimension = named "batch"

    /// The length as a number, when it is known.
    let tryKnown (dimension: Dimension) : int option =
        match dimension.Terms with
        | [] -> Some 0
        | [ [], size ] -> Some size
        | _ -> None

    /// Whether the length is known to be this number.
    let isKnown (size: int) (dimension: Dimension) : bool = tryKnown dimension = Some size

    /// Quotient rounded down, by a positive number. Whole multiples of the divisor leave the quotient, so that equal
    /// lengths are equal values: (2*batch + 3)/2 is batch + 1.
    let floorDivide (divisor: int) (dimension: Dimension) : Dimension =
        if divisor < 1 then
            invalidArg (nameof divisor) $"A length is divided by 1 or more, but the divisor is {divisor}."

        let whole factor =
            int (System.Math.Floor(float factor / float divisor))

        let quotient = {
            Terms =
                dimension.Terms
                |> List.map (fun (atoms, factor) -> atoms, whole factor)
                |> List.filter (fun (_, factor) -> factor <> 0)
        }

        let remainder = dimension - quotient * known divisor

        match tryKnown remainder with
        | Some _ -> quotient
        | None ->
            quotient
            + {
                  Terms = [ [ DimensionAtom.Quotient(remainder, divisor) ], 1 ]
              }

    /// dividend / divisor when each term of the dividend has the divisor as a factor, or both are equal; else None.
    let tryDivide (dividend: Dimension) (divisor: Dimension) : Dimension option =
        let rec remove atom atoms =
            match atoms with
            | [] -> None
            | first :: rest when first = atom -> Some rest
            | first :: rest -> remove atom rest |> Option.map (fun others -> first :: others)

        match divisor.Terms with
        | [ divisorAtoms, divisorFactor ] ->
            let divideTerm (atoms, factor) =
                let remaining =
                    (Some atoms, divisorAtoms)
                    ||> List.fold (fun state atom -> state |> Option.bind (remove atom))

                match remaining with
                | Some left when factor % divisorFactor = 0 -> Some(left, factor / divisorFactor)
                | _ -> None

            let terms = dividend.Terms |> List.map divideTerm

            if List.forall Option.isSome terms then
                // Without some of their atoms the terms can stand in another order: the sum puts them right.
                (known 0, List.choose id terms)
                ||> List.fold (fun sum term -> sum + { Terms = [ term ] })
                |> Some
            else
                None
        | _ :: _ when dividend = divisor -> Some(known 1)
        | _ -> None

    /// The names that the length depends on.
    let rec names (dimension: Dimension) : Set<string> =
        dimension.Terms
        |> List.collect fst
        |> List.map (function
            | DimensionAtom.Named name -> Set.singleton name
            | DimensionAtom.Quotient(dividend, _) -> names dividend)
        |> Set.unionMany

    /// The name, when the length is just one.
    let tryName (dimension: Dimension) : string option =
        match dimension.Terms with
        | [ [ DimensionAtom.Named name ], 1 ] -> Some name
        | _ -> None

    /// Puts numbers in the place of names; names that are not in the map stay.
    let rec bind (sizes: Map<string, int>) (dimension: Dimension) : Dimension =
        let bindAtom atom =
            match atom with
            | DimensionAtom.Named name ->
                match Map.tryFind name sizes with
                | Some size -> known size
                | None -> named name
            | DimensionAtom.Quotient(dividend, divisor) -> floorDivide divisor (bind sizes dividend)

        match tryKnown dimension with
        | Some _ -> dimension
        | None ->
            (known 0, dimension.Terms)
            ||> List.fold (fun sum (atoms, factor) ->
                sum + (atoms |> List.map bindAtom |> List.fold (*) (known factor)))

    /// Whether two lengths may turn out to be equal when data arrives: they are, or their difference is not known yet. A
    /// number of samples is equal to itself only.
    let mayEqual (left: Dimension) (right: Dimension) : bool =
        let isSamples dimension = Set.contains "batch" (names dimension)

        left = right
        || (Option.isNone (tryKnown (left - right))
            && not (isSamples left)
            && not (isSamples right))

    /// The length that stands for two that have to be equal when data arrives: the one that is known, or just a name. None
    /// when they never are.
    let tryMeet (left: Dimension) (right: Dimension) : Dimension option =
        let rank dimension =
            match tryKnown dimension, tryName dimension with
            | Some _, _ -> 0
            | None, Some _ -> 1
            | None, None -> 2

        if mayEqual left right then
            // Which one it is does not depend on their order.
            Some(List.minBy (fun length -> rank length, length) [ left; right ])
        else
            None
