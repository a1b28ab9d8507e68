using Xunit;

namespace Functional.Kernels.Tests.Parallelism;

/// <summary>Tests that change the thread count or the backend: they run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GlobalState
{
    public const string Name = "thread count and backend";
}
