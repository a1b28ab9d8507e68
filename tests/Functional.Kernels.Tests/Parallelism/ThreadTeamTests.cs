using Functional.Kernels.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Parallelism;

[Collection(GlobalState.Name)]
public sealed class ThreadTeamTests : IDisposable
{
    private readonly int _threadCount = ThreadTeam.ThreadCount;

    public void Dispose() => ThreadTeam.ThreadCount = _threadCount;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void EveryPartRunsExactlyOnce(int threads)
    {
        ThreadTeam.ThreadCount = threads;
        for (var repetition = 0; repetition < 300; repetition++)
        {
            for (var parts = 0; parts < 20; parts++)
            {
                var work = new Counting(parts);
                ThreadTeam.Run(parts, work);
                Assert.All(work.Runs, count => Assert.Equal(1, count));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void BackwardsEveryPartRunsExactlyOnceToo(int threads)
    {
        ThreadTeam.ThreadCount = threads;
        for (var parts = 0; parts < 20; parts++)
        {
            var work = new Counting(parts);
            ThreadTeam.Run(parts, work, backwards: true);
            Assert.All(work.Runs, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void AThreadAloneTakesPartsFromTheLastToTheFirstWhenItGoesBackwards()
    {
        ThreadTeam.ThreadCount = 1;
        var work = new Recording();
        ThreadTeam.Run(4, work, backwards: true);
        Assert.Equal([3, 2, 1, 0], work.Parts);
    }

    [Fact]
    public void WorkersThatSleptTakePartAgain()
    {
        ThreadTeam.ThreadCount = 3;
        var threads = new HashSet<int>();
        for (var repetition = 0; repetition < 20; repetition++)
        {
            Thread.Sleep(3);
            using var work = new Meeting(3);
            ThreadTeam.Run(3, work);
            threads.UnionWith(work.Threads);
        }

        Assert.True(threads.Count >= 3, "Parts that wait for each other ran on fewer than three threads.");
    }

    [Fact]
    public void ACallInsideAPartRunsOnThatThread()
    {
        ThreadTeam.ThreadCount = 3;
        var work = new Nested();
        ThreadTeam.Run(8, work);
        Assert.Equal(8 * 5, work.InnerParts);
        Assert.Equal(0, work.InnerPartsElsewhere);
    }

    [Fact]
    public void SeveralCallersAtOnceAllFinish()
    {
        ThreadTeam.ThreadCount = 3;
        var wrong = 0;
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var repetition = 0; repetition < 2_000; repetition++)
            {
                var work = new Counting(9);
                ThreadTeam.Run(9, work);
                if (work.Runs.Any(count => count != 1))
                    Interlocked.Increment(ref wrong);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheLowestFailingPartSpeaksAndTheOthersStillRun(int threads)
    {
        ThreadTeam.ThreadCount = threads;
        for (var repetition = 0; repetition < 100; repetition++)
        {
            var work = new Failing(12, firstFailure: 5);
            var failure = Assert.Throws<InvalidOperationException>(() => ThreadTeam.Run(12, work));
            Assert.Equal("part 5", failure.Message);
            Assert.All(work.Runs, count => Assert.Equal(1, count));
        }

        var healthy = new Counting(12);
        ThreadTeam.Run(12, healthy);
        Assert.All(healthy.Runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void ACallAllocatesNothing()
    {
        ThreadTeam.ThreadCount = 2;
        var work = new Counting(16);
        ThreadTeam.Run(16, work);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var repetition = 0; repetition < 1_000; repetition++)
            ThreadTeam.Run(16, work);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ImpossibleCountsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ThreadTeam.ThreadCount = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => ThreadTeam.Run(-1, new Counting(0)));
    }

    private sealed class Counting(int parts) : IPartitionedWork
    {
        public int[] Runs { get; } = new int[parts];

        public void Run(int part) => Interlocked.Increment(ref Runs[part]);
    }

    private sealed class Failing(int parts, int firstFailure) : IPartitionedWork
    {
        public int[] Runs { get; } = new int[parts];

        public void Run(int part)
        {
            Interlocked.Increment(ref Runs[part]);
            if (part >= firstFailure)
                throw new InvalidOperationException($"part {part}");
        }
    }

    // Each part waits until all have begun, which they can only do on threads of their own.
    private sealed class Meeting(int parts) : IPartitionedWork, IDisposable
    {
        private readonly Barrier _barrier = new(parts);

        public HashSet<int> Threads { get; } = [];

        public void Dispose() => _barrier.Dispose();

        public void Run(int part)
        {
            lock (Threads)
                Threads.Add(Environment.CurrentManagedThreadId);
            _barrier.SignalAndWait();
        }
    }

    private sealed class Nested : IPartitionedWork
    {
        private int _innerParts;
        private int _innerPartsElsewhere;

        public int InnerParts => _innerParts;

        public int InnerPartsElsewhere => _innerPartsElsewhere;

        public void Run(int part) => ThreadTeam.Run(5, new Inner(this, Environment.CurrentManagedThreadId));

        private sealed class Inner(Nested outer, int thread) : IPartitionedWork
        {
            public void Run(int part)
            {
                Interlocked.Increment(ref outer._innerParts);
                if (Environment.CurrentManagedThreadId != thread)
                    Interlocked.Increment(ref outer._innerPartsElsewhere);
            }
        }
    }

    private sealed class Recording : IPartitionedWork
    {
        public List<int> Parts { get; } = [];

        public void Run(int part) => Parts.Add(part);
    }
}
