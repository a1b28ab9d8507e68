using Functional.Examples;

Example[] examples =
[
    new("digits", "reads real handwritten digits (default)", Digits.Run),
    new("cnn", "reads the same digits as images, with convolutions", Cnn.Run),
    new("sequence", "foretells a time series with an LSTM, drawn in the terminal", Sequence.Run),
    new("attention", "a transformer block learns to write like this project's documents", NextCharacter.Run),
    new("xor", "learns exclusive or with a hidden layer", Xor.Run),
    new("two-inputs", "joins two branches with inputs of 64 and 128 numbers", TwoInputs.Run),
    new("iris", "tells three kinds of iris by four measurements", Iris.Run),
    new("diabetes", "predicts the progress of diabetes (regression)", Diabetes.Run),
    new("multi-output", "one trunk, two heads: which wine, and how much alcohol", MultiOutput.Run),
    new("save-load", "trains, saves, loads, and goes on as if it had never stopped", SaveLoad.Run),
];

var name = args.FirstOrDefault() ?? "digits";
Console.WriteLine("Examples (dotnet run -c Release --project src/Functional.Examples -- NAME):");
foreach (var example in examples)
    Console.WriteLine($"  {example.Name,-14}{example.Summary}");
Console.WriteLine();

if (examples.FirstOrDefault(example => example.Name == name) is not { } chosen)
{
    Console.Error.WriteLine($"There is no example '{name}'.");
    return 1;
}

return chosen.Run() ? 0 : 1;
