using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>
/// A generated time series, two waves and noise: an LSTM sees 40 values and tells the next one. It is compared with the
/// guess that nothing changes; what it goes on to tell from its own answers is drawn.
/// </summary>
internal static class Sequence
{
    private const int WindowLength = 40;
    private const int TrainingCount = 800;
    private const int SeriesLength = 1_000;
    private const int Ahead = 60;

    public static bool Run()
    {
        RandomSeed.Set(7);
        var series = Series();
        var (x, y) = Windows(series, 0, TrainingCount);
        var (xTest, yTest) = Windows(series, TrainingCount, SeriesLength);

        var input = Input(shape: [WindowLength, 1]);
        var model = new Model(input, input.LSTM(24).Dense(1));
        model.Compile(optimizer: Optimizers.Adam(0.01), loss: "mse");
        model.Fit(x, y, epochs: 15, batchSize: 32, verbose: 0);

        var error = Math.Sqrt(model.Evaluate(xTest, yTest, verbose: 0)["loss"]);
        var unchanged = Math.Sqrt(Enumerable.Range(TrainingCount + WindowLength, SeriesLength - TrainingCount - WindowLength)
            .Average(time => Math.Pow(series[time] - series[time - 1], 2)));
        Draw(series, Continue(model, series[TrainingCount..(TrainingCount + WindowLength)]));
        Console.WriteLine($"Error one step ahead: {error:F3} (a guess that nothing changes: {unchanged:F3}; the noise: 0.100).");
        return error < 0.6 * unchanged;
    }

    private static float[] Series()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, SeriesLength).Select(time =>
            MathF.Sin(time * 0.25f) + (0.5f * MathF.Sin(time * 0.09f)) + Noise(random))];
    }

    // Box and Muller 1958.
    private static float Noise(Random random) =>
        0.1f * MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());

    /// <summary>Every window between two times, and the value after it.</summary>
    private static (Tensor X, Tensor Y) Windows(float[] series, int start, int stop)
    {
        var count = stop - start - WindowLength;
        var x = new float[count, WindowLength, 1];
        var y = new float[count, 1];
        for (var row = 0; row < count; row++)
        {
            for (var step = 0; step < WindowLength; step++)
                x[row, step, 0] = series[start + row + step];
            y[row, 0] = series[start + row + WindowLength];
        }

        return (x, y);
    }

    /// <summary>What the model tells after a window when it takes its own answers for the truth.</summary>
    private static float[] Continue(Model model, float[] window)
    {
        var values = window.ToList();
        for (var step = 0; step < Ahead; step++)
        {
            var x = new float[1, WindowLength, 1];
            for (var index = 0; index < WindowLength; index++)
                x[0, index, 0] = values[step + index];
            Tensor next = model.Predict(x);
            values.Add((float)next[0, 0]);
        }

        return [.. values.Skip(WindowLength)];
    }

    /// <summary>Both curves, time from left to right: the series as dots, what the model tells as stars.</summary>
    private static void Draw(float[] series, float[] told)
    {
        const int Height = 15;
        const float Limit = 1.9f;
        int Row(float value) => Math.Clamp((int)MathF.Round((Limit - value) / (2 * Limit) * (Height - 1)), 0, Height - 1);
        var first = TrainingCount;
        var lines = Enumerable.Range(0, Height).Select(_ => new string(' ', WindowLength + Ahead).ToCharArray()).ToArray();
        for (var time = 0; time < WindowLength + Ahead; time++)
            lines[Row(series[first + time])][time] = '.';
        for (var step = 0; step < Ahead; step++)
            lines[Row(told[step])][WindowLength + step] = '*';
        Console.WriteLine($"The series (.), and what the model tells (*) of {Ahead} steps after the {WindowLength} it saw:");
        foreach (var line in lines)
            Console.WriteLine("  " + new string(line).Insert(WindowLength, "|").TrimEnd());
    }
}
