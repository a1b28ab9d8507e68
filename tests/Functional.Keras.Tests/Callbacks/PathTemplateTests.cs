using Xunit;

namespace Functional.Keras.Tests;

/// <summary>Paths of checkpoints, against what Python's str.format gives.</summary>
public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("{epoch}", "3")]
    [InlineData("{epoch:02d}", "03")]
    [InlineData("{epoch:4d}|", "   3|")]
    [InlineData("{epoch:<4}|", "3   |")]
    [InlineData("{epoch:.1f}", "3.0")]
    [InlineData("{epoch:#x}", "0x3")]
    [InlineData("{loss}", "0.000123456789")]
    [InlineData("{loss:.4g}", "0.0001235")]
    [InlineData("{loss:g}", "0.000123457")]
    [InlineData("{loss:e}", "1.234568e-04")]
    [InlineData("{mae:.2e}", "1.23e+03")]
    [InlineData("{mae:.2f}", "1234.50")]
    [InlineData("{mae:.3}", "1.23e+03")]
    [InlineData("{mae:.4}", "1.234e+03")]
    [InlineData("{mae:.6}", "1234.5")]
    [InlineData("{mae:,.1f}", "1,234.5")]
    [InlineData("{mae:+.0f}", "+1234")]
    [InlineData("{mae:010.2f}", "0001234.50")]
    [InlineData("{mae:*^12.1f}", "***1234.5***")]
    [InlineData("{one}", "1.0")]
    [InlineData("{one:g}", "1")]
    [InlineData("{one:#.3g}", "1.00")]
    [InlineData("{one:.1%}", "100.0%")]
    [InlineData("{small}", "1e-07")]
    [InlineData("{large}", "1e+16")]
    [InlineData("{negative:06.1f}", "-002.5")]
    [InlineData("{nothing:.2f}", "nan")]
    [InlineData("{{epoch}}-{epoch}.keras", "{epoch}-3.keras")]
    public void AField_IsWrittenAsPythonDoes(string path, string expected) =>
        Assert.Equal(expected, new PathTemplate(path, "filepath").Expand(2, NewLogs()));

    [Theory]
    [InlineData("{loss:02d}")]
    [InlineData("{loss:.2q}")]
    [InlineData("{loss!r}")]
    [InlineData("{}")]
    [InlineData("{0}")]
    [InlineData("{loss:99999999999}")]
    [InlineData("{loss")]
    [InlineData("loss}")]
    [InlineData("{logs[loss]}")]
    public void WhatIsNoFormatOfANumber_IsRefusedWhenTheCallbackIsMade(string path) =>
        Assert.Contains(path, Assert.Throws<ArgumentException>(() => new ModelCheckpoint(path)).Message, StringComparison.Ordinal);

    private static Logs NewLogs() => new()
    {
        ["loss"] = 0.000123456789,
        ["mae"] = 1234.5,
        ["one"] = 1.0,
        ["small"] = 1e-7,
        ["large"] = 1e16,
        ["negative"] = -2.5,
        ["nothing"] = double.NaN,
    };
}
