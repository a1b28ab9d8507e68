using Xunit;

namespace Functional.Kernels.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void TheTestProjectRuns() => Assert.True(true);
}
