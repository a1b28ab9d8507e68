namespace Functional.Keras;

/// <summary>One kernel of a training step, and how long it takes.</summary>
/// <param name="Kind">What it does: Product, Convolution, Pool, Loop, Movement or Other; Dispatch for a loop over positions.</param>
/// <param name="Text">Its sizes and the buffers it reads and writes, as the printed plan names them.</param>
/// <param name="Depth">How many loops over positions it is inside of.</param>
/// <param name="Calls">How often it runs in a step.</param>
/// <param name="Microseconds">The mean time of all its calls in a step.</param>
public sealed record KernelProfile(string Kind, string Text, int Depth, double Calls, double Microseconds);
