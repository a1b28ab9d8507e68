using Xunit;

namespace Functional.Architecture.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void TheTestProjectRuns() => Assert.True(true);
}
