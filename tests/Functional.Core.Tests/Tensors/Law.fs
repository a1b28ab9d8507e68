namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp

/// Properties inside a test. A failure shows the smallest case that was found and the seed that replays it.
[<RequireQualifiedAccess>]
module Law =

    let private quiet (cases: int) : Config =
        Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess true

    /// Whether the law holds for this many generated cases.
    let holds (cases: int) (arbitrary: Arbitrary<'Case>) (law: 'Case -> bool) : unit =
        Check.One(quiet cases, Prop.forAll arbitrary law)

    /// Whether a distance stays within a limit for this many generated cases; a failure shows the distance.
    let isWithin (limit: float) (cases: int) (arbitrary: Arbitrary<'Case>) (distance: 'Case -> float) : unit =
        Check.One(
            quiet cases,
            Prop.forAll arbitrary (fun case ->
                let found = distance case
                (found <= limit) |> Prop.label $"the distance is {found}, the limit {limit}")
        )
