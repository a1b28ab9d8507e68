using System.Globalization;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Functional.Conformance;

/// <summary>One seed gives the same bits on every x64 processor with FMA, however wide its vectors are.</summary>
public sealed class NumbersTests
{
    [Fact]
    public void TrainingGivesTheSameBits_WithVectorsOfAnyWidth()
    {
        if (!Fma.IsSupported)
            return;
        var expected = NumbersProcess.Run();
        Assert.Equal(5, expected.Length);
        AssertSame(256, NumbersProcess.Run(("DOTNET_EnableAVX512", "0")));
        AssertSame(256, NumbersProcess.Run(("DOTNET_PreferredVectorBitWidth", "256")));
        AssertSame(128, NumbersProcess.Run(("DOTNET_PreferredVectorBitWidth", "128")));

        void AssertSame(int widest, string[] found)
        {
            Assert.True(int.Parse(found[0], CultureInfo.InvariantCulture) <= widest, $"Vectors still have {found[0]} bits.");
            Assert.Equal(expected[1..], found[1..]);
        }
    }
}
