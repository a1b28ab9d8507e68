using Functional.Keras;
using static Functional.Keras.Layers;

// What every way of building a program from the packages must be able to do: train, save, load, predict, and run loops as
// that way of building can. The only argument says whether loops are to be compiled.
var x = Input(shape: [4]);
var h = x.Dense(16, "gelu").LayerNormalization().Dropout(0.1);
var model = new Model(x, Ops.Tanh(h.Dense(3)) * 2 + Dense(3, "softmax")(h));
model.Compile(Optimizers.Adam(learningRate: 0.01), loss: "mse", metrics: ["mae"]);

var inputs = new float[64, 4];
var targets = new float[64, 3];
for (var row = 0; row < 64; row++)
{
    for (var column = 0; column < 4; column++)
        inputs[row, column] = MathF.Sin(row + 3 * column);
    targets[row, row % 3] = 1;
}

var history = model.Fit(inputs, targets, batchSize: 16, epochs: 20, verbose: 0);
var losses = history["loss"];
Require(losses[^1] < losses[0], $"the loss fell from {losses[0]} to {losses[^1]}");

var path = Path.Combine(Path.GetTempPath(), $"functional-consumer-{Environment.ProcessId}.keras");
try
{
    model.Save(path);
    var loaded = Model.Load(path);
    Require(
        model.Predict(inputs)[0].ToArray<float>().SequenceEqual(loaded.Predict(inputs)[0].ToArray<float>()),
        "a loaded model answers as the saved one");
}
finally
{
    File.Delete(path);
}

model.Summary();
Console.WriteLine(Backend.Describe());
Require(Backend.CompilesLoops == (args[0] == "compiled"), $"loops are {args[0]}");

static void Require(bool condition, string what)
{
    Console.WriteLine($"{(condition ? "ok" : "FAILED")}: {what}");
    if (!condition)
        Environment.Exit(1);
}
