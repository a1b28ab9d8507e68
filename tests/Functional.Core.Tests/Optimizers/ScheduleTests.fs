namespace Functional.Core.Tests.Optimizers

open System
open System.Text.Json
open Xunit
open Functional.Core.Configuration
open Functional.Core.Naming
open Functional.Core.Optimizers
open Functional.Testing

/// Golden: Keras's learning rates.
module ScheduleTests =

    // Keras computed in float32, these in float64: the fixtures' README asks for 1e-6.
    let private tolerance = 1e-6

    let private check (entry: JsonElement) : string list =
        let schedule =
            Registry.create (Fixtures.text "class" entry) (Fixtures.config (entry.GetProperty "args")) Schedule.registry

        let found =
            Fixtures.numbers (entry.GetProperty "steps")
            |> List.map (fun step -> schedule.Rate(int64 step))

        let keys = Fixtures.config (entry.GetProperty "config") |> List.map fst

        Fixtures.differences "rate" tolerance 0.0 (Fixtures.numbers (entry.GetProperty "values")) found
        @ if keys = List.map fst schedule.Config then
              []
          else
              [ $"arguments are %A{List.map fst schedule.Config}, not %A{keys}" ]

    [<Fact>]
    let ``schedules give Keras's learning rates`` () =
        Assert.Equal(17, Fixtures.checkAll "schedules" check)

    [<Fact>]
    let ``a saved schedule is read back as the same schedule, and a number as a constant`` () =
        let schedule = Schedule.cosineDecay 0.1 100.0 0.1 (Some 0.2) 10.0
        Assert.Equal(Schedule.toConfig schedule, Schedule.toConfig (Schedule.ofConfig (Schedule.toConfig schedule)))
        Assert.Equal(0.25, (Schedule.ofConfig (ConfigValue.Float 0.25)).Rate 7L)

    [<Fact>]
    let ``decay steps that are not positive are refused`` () =
        Assert.Throws<ArgumentException>(fun () -> Schedule.exponentialDecay 0.1 0.0 0.5 false |> ignore)
        |> fun error -> Assert.Contains("'decay_steps' must be positive, but is 0", error.Message)
