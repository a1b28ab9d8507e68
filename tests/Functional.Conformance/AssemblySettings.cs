using Xunit;

// The seed is global, as in Keras: tests that set it do not run beside others.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
