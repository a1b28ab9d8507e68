namespace Functional.Runtime.Tests

open Xunit

module SmokeTests =

    [<Fact>]
    let ``the test project runs`` () = Assert.True true
