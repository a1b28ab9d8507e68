using Xunit;

namespace Functional.Conformance;

public sealed class SmokeTests
{
    [Fact]
    public void TheTestProjectRuns() => Assert.True(true);
}
