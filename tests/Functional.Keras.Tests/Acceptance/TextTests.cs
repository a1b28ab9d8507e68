using Functional.Keras.Preprocessing;
using Xunit;

namespace Functional.Keras.Tests.Acceptance;

/// <summary>The textbooks' examples of texts as numbers, rows A12 and A13.</summary>
public class TextTests
{
    [Fact]
    public void A12_ATokenizer_NumbersWords_AndLeavesUnknownOnesOut()
    {
        var tokenizer = new Tokenizer();
        tokenizer.FitOnTexts(["The earth is an awesome place live"]);
        Assert.Equal(
            ["the 1", "earth 2", "is 3", "an 4", "awesome 5", "place 6", "live 7"],
            tokenizer.WordIndex.OrderBy(word => word.Value).Select(word => $"{word.Key} {word.Value}"));
        Assert.Equal(
            [1, 2, 3, 4, 6, 7], Assert.Single(tokenizer.TextsToSequences(["The earth is an great place live"])));
    }

    [Fact]
    public void A13_Sequences_ArePaddedAndCutInFront()
    {
        int[][] sequences = [[1, 2, 3], [3, 4, 5, 6], [7, 8]];
        var table = Padding.PadSequences(sequences, maxlen: 3, padding: SequenceSide.Pre);
        Assert.Equal([1, 2, 3, 4, 5, 6, 0, 7, 8], table.ToArray<int>());
    }
}
