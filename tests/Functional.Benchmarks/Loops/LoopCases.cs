using Functional.Benchmarks.Loops.HandWritten;

namespace Functional.Benchmarks.Loops;

/// <summary>The computations that are measured, each with its hand-written loop.</summary>
internal static unsafe class LoopCases
{
    private const int Parameters = 668_672;

    public static IReadOnlyList<LoopCase> All { get; } =
    [
        new($"Adam update of {Parameters}", Computations.Adam(Parameters), Adam, AdamTraffic),
        new("silu(x*w+b) 256x1024", Computations.Silu(256, 1024), Silu),
        new("softmax 256x1000", Computations.Softmax(256, 1000), Softmax),
        new("layer norm + gradient 512x512", Computations.LayerNormalization(512, 512), LayerNormalization),
        new("sparse cross-entropy + gradient 256x1000", Computations.SparseCrossentropy(256, 1000), SparseCrossentropy),
    ];

    private static Action Adam(LoopSession session)
    {
        var value = session.Find<float>("value");
        var gradient = session.Find<float>("gradient");
        var momentum = session.Find<float>("momentum");
        var velocity = session.Find<float>("velocity");
        var rate = session.Find<float>("rate");
        var iteration = session.Find<int>("iteration");
        return () => AdamLoop.Run(value, momentum, velocity, gradient, *rate, *iteration, Parameters);
    }

    private static Action AdamTraffic(LoopSession session)
    {
        var value = session.Find<float>("value");
        var gradient = session.Find<float>("gradient");
        var momentum = session.Find<float>("momentum");
        var velocity = session.Find<float>("velocity");
        return () => AdamLoop.RunTraffic(value, momentum, velocity, gradient, Parameters);
    }

    private static Action Silu(LoopSession session)
    {
        var x = session.Find<float>("x");
        var w = session.Find<float>("w");
        var b = session.Find<float>("b");
        var y = session.Find<float>("y");
        return () => SiluLoop.Run(x, w, b, y, 256, 1024);
    }

    private static Action Softmax(LoopSession session)
    {
        var x = session.Find<float>("x");
        var y = session.Find<float>("y");
        return () => SoftmaxLoop.Run(x, y, 256, 1000);
    }

    private static Action LayerNormalization(LoopSession session)
    {
        var x = session.Find<float>("x");
        var upstream = session.Find<float>("upstream");
        var gamma = session.Find<float>("gamma");
        var beta = session.Find<float>("beta");
        var y = session.Find<float>("y");
        var dx = session.Find<float>("dx");
        var dgamma = session.Find<float>("dgamma");
        var dbeta = session.Find<float>("dbeta");
        return () => LayerNormalizationLoop.Run(x, upstream, gamma, beta, y, dx, dgamma, dbeta, 512, 512);
    }

    private static Action SparseCrossentropy(LoopSession session)
    {
        var logits = session.Find<float>("logits");
        var labels = session.Find<int>("labels");
        var losses = session.Find<float>("losses");
        var gradient = session.Find<float>("gradient");
        return () => SparseCrossentropyLoop.Run(logits, labels, losses, gradient, 256, 1000);
    }
}
