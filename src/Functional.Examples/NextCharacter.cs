using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>A small transformer block learns to continue the text of this project's own documents, letter by letter.</summary>
internal static class NextCharacter
{
    private const int Context = 48;
    private const int Width = 64;
    private const int SampleLength = 160;

    // Nats per letter. Letters drawn by their frequency alone cost about 3.
    private const double Promised = 2.3;

    public static bool Run()
    {
        RandomSeed.Set(1);
        var text = string.Join("\n", Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data", "docs"), "*.md").Order(StringComparer.Ordinal).Select(File.ReadAllText));
        var letters = text.Distinct().Order().ToArray();
        var codes = Array.ConvertAll(text.ToCharArray(), letter => Array.BinarySearch(letters, letter));
        var train = codes.Length * 9 / 10;
        var (x, positions, y) = Windows(codes[..train], step: 3);
        var (testX, testPositions, testY) = Windows(codes[train..], step: Context);
        Console.WriteLine($"{text.Length:N0} letters of {letters.Length} kinds; the last tenth is never trained on.");

        var tokens = Input(shape: [Context], dtype: "int32", name: "letters");
        var places = Input(shape: [Context], dtype: "int32", name: "places");
        var h = Embedding(letters.Length, Width)(tokens) + Embedding(Context, Width)(places);
        h = Block(h);
        var output = Dense(letters.Length, activation: "softmax")(h);
        var model = new Model(inputs: [tokens, places], outputs: output, name: "next_character");
        model.Compile(optimizer: Optimizers.Adam(learningRate: 0.003), loss: "sparse_categorical_crossentropy");
        model.Summary();
        model.Fit([x, positions], y, batchSize: 64, epochs: 6);

        var loss = model.Evaluate([testX, testPositions], testY, verbose: 0)["loss"];
        Console.WriteLine();
        Console.WriteLine("It goes on from \"A layer is \":");
        Console.WriteLine(Continue(model, letters, "A layer is "));
        Console.WriteLine();
        Console.WriteLine($"Text it never saw: {loss:F3} nats a letter (promised: at most {Promised}).");
        return loss <= Promised;
    }

    /// <summary>Attention to what came before, and two dense layers, each added to what it was given (Vaswani et al. 2017).</summary>
    private static SymbolicTensor Block(SymbolicTensor x)
    {
        var attended = MultiHeadAttention(numHeads: 4, keyDim: Width / 4).Attend(x, x, useCausalMask: true);
        x = LayerNormalization()(x + attended);
        return LayerNormalization()(x + x.Dense(4 * Width, "relu").Dense(Width));
    }

    // Every letter of a window is asked for its successor.
    private static (int[,] X, int[,] Positions, int[,] Y) Windows(int[] codes, int step)
    {
        var rows = (codes.Length - Context - 1) / step;
        var (x, positions, y) = (new int[rows, Context], new int[rows, Context], new int[rows, Context]);
        for (var row = 0; row < rows; row++)
        {
            for (var place = 0; place < Context; place++)
            {
                x[row, place] = codes[(row * step) + place];
                positions[row, place] = place;
                y[row, place] = codes[(row * step) + place + 1];
            }
        }

        return (x, positions, y);
    }

    // The likelier a letter, the more often it is drawn; unlikely ones are not drawn at all.
    private static string Continue(Model model, char[] letters, string start)
    {
        var random = new Random(1);
        var text = start;
        var (x, positions) = (new int[1, Context], new int[1, Context]);
        for (var place = 0; place < Context; place++)
            positions[0, place] = place;
        while (text.Length < SampleLength)
        {
            var known = Math.Min(text.Length, Context);
            Array.Clear(x);
            for (var place = 0; place < known; place++)
                x[0, place] = Array.BinarySearch(letters, text[text.Length - known + place]);
            Tensor probabilities = model.PredictOnBatch([x, positions]);
            var candidates = Enumerable.Range(0, letters.Length)
                .Select(letter => (letter, probability: (float)probabilities[0, known - 1, letter]))
                .OrderByDescending(candidate => candidate.probability)
                .Take(5)
                .ToArray();
            var drawn = random.NextSingle() * candidates.Sum(candidate => candidate.probability);
            var chosen = candidates.First(candidate => (drawn -= candidate.probability) <= 0 || candidate == candidates[^1]);
            text += letters[chosen.letter];
        }

        return text;
    }
}
