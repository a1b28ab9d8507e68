using Xunit;

namespace Functional.Keras.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void TheTestProjectRuns() => Assert.True(true);
}
