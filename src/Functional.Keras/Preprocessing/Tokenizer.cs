namespace Functional.Keras.Preprocessing;

/// <summary>Texts as sequences of word numbers: the most frequent word is 1, the next 2, and so on.</summary>
/// <param name="numWords">Only words with a number below this one are used; null for all.</param>
/// <param name="filters">Characters that separate words, besides blanks.</param>
/// <param name="lower">Whether texts are put into lower case.</param>
/// <param name="oovToken">Stands for words that were not seen; null leaves them out. It gets number 1.</param>
public sealed class Tokenizer(
    int? numWords = null,
    string filters = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n",
    bool lower = true,
    string? oovToken = null)
{
    private readonly Dictionary<string, int> counts = [];
    private readonly List<string> inOrderSeen = [];
    private Dictionary<string, int> index = [];

    /// <summary>The number of each word, by falling frequency; words of one frequency stand as they were first seen.</summary>
    public IReadOnlyDictionary<string, int> WordIndex => index;

    /// <summary>How often each word was seen.</summary>
    public IReadOnlyDictionary<string, int> WordCounts => counts;

    /// <summary>Counts the words of texts, in addition to those seen before.</summary>
    /// <param name="texts">The texts.</param>
    public void FitOnTexts(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        foreach (var word in texts.SelectMany(Words))
        {
            if (!counts.TryGetValue(word, out var count))
                inOrderSeen.Add(word);
            counts[word] = count + 1;
        }

        var ordered = inOrderSeen.OrderByDescending(word => counts[word]);
        var all = oovToken is null ? ordered : ordered.Where(word => word != oovToken).Prepend(oovToken);
        index = all.Select((word, position) => (word, position)).ToDictionary(pair => pair.word, pair => pair.position + 1);
    }

    /// <summary>The numbers of the words of texts. Unknown words are left out, or are the out-of-vocabulary number.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>A sequence for every text.</returns>
    public int[][] TextsToSequences(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var unknown = oovToken is not null && index.TryGetValue(oovToken, out var number) ? number : (int?)null;
        return
        [
            .. texts.Select(text => Words(text)
                .Select(word => index.TryGetValue(word, out var found) && IsUsed(found) ? found : unknown)
                .OfType<int>()
                .ToArray()),
        ];
    }

    private bool IsUsed(int number) => numWords is null || number < numWords;

    private string[] Words(string text)
    {
        var folded = lower ? text.ToLowerInvariant() : text;
        var blanked = new string(Array.ConvertAll(folded.ToCharArray(), character => filters.Contains(character) ? ' ' : character));
        return blanked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
