using Xunit;

namespace Functional.Hdf5.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void TheTestProjectRuns() => Assert.True(true);
}
