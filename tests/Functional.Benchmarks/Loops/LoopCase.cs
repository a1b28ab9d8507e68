using Functional.Core.Graph;

namespace Functional.Benchmarks.Loops;

/// <summary>A computation that is measured.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Computation">What the compiler is given.</param>
/// <param name="Bind">Ties the hand-written loop to the memory of a session.</param>
/// <param name="BindTraffic">Of a computation that memory holds up, what reads and writes the same memory and computes as
/// good as nothing.</param>
internal sealed record LoopCase(
    string Name,
    Computation Computation,
    Func<LoopSession, Action> Bind,
    Func<LoopSession, Action>? BindTraffic = null);
