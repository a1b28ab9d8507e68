using Functional.Keras;

namespace Functional.Examples;

/// <summary>Pictures of small images in characters.</summary>
internal static class DigitPicture
{
    private const string Shades = " .:-=+*#%@";
    private const int Side = 8;

    /// <summary>The lines of an image whose values run from 0 (light) to 1 (dark); every pixel is two characters wide.</summary>
    public static string[] Lines(ReadOnlySpan<float> pixels, int width)
    {
        var lines = new string[pixels.Length / width];
        for (var row = 0; row < lines.Length; row++)
        {
            var characters = new char[2 * width];
            for (var column = 0; column < width; column++)
                characters.AsSpan(2 * column, 2).Fill(Shades[(int)(pixels[row * width + column] * (Shades.Length - 1))]);
            lines[row] = new string(characters);
        }

        return lines;
    }

    /// <summary>Shows a digit of 8 x 8 pixels, and beside it the three most probable readings.</summary>
    public static void Show(float[] pixels, Tensor probabilities, int label, int image)
    {
        var best = Enumerable.Range(0, 10).OrderByDescending(digit => probabilities[image, digit]).Take(3).ToArray();
        Console.WriteLine($"Written: {label}");
        foreach (var (row, line) in Lines(pixels, Side).Index())
        {
            var beside = row < best.Length ? $"   {best[row]}: {probabilities[image, best[row]],7:P1}" : "";
            Console.WriteLine($"  {line}{beside}");
        }

        Console.WriteLine();
    }
}
