using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Functional.Runtime.Interop;
using CoreLayer = Functional.Core.Layers.Layer;
using CoreTensor = Functional.Core.Layers.SymbolicTensor;

namespace Functional.Keras;

/// <summary>
/// What stands behind a layer delegate: the immutable layer of the core, and references to what changes about it (its
/// weights, whether it is trained, the name a model gave it). There is one instance for every core layer.
/// </summary>
internal sealed class LayerInstance
{
    private static readonly ConditionalWeakTable<CoreLayer, LayerInstance> Instances = [];

    private static long lastOrder;

    private readonly Lock gate = new();
    private readonly string className;
    private readonly string givenName;
    private readonly Func<CoreTensor[], CoreLayer>? connect;
    private CoreLayer? core;
    private CoreTensor[]? inputs;
    private SymbolicTensors? outputs;
    private WeightDescription[] weights = [];
    private WeightSeed? seed;
    private string? modelName;
    private bool trainable;

    private LayerInstance(CoreLayer core)
        : this(LayerInterop.ClassName(core), LayerInterop.DisplayName(core))
    {
        this.core = core;
        trainable = LayerInterop.IsTrainable(core);
    }

    private LayerInstance(string className, string givenName, Func<CoreTensor[], CoreLayer>? connect = null)
    {
        this.className = className;
        this.givenName = givenName;
        this.connect = connect;
        trainable = true;
        Delegate = Call;
    }

    internal CoreLayer Core => core ?? throw new InvalidOperationException(
        $"Layer '{Name}' ({ClassName}) has no shapes yet: call it, or build the model that it is made of, first.");

    /// <summary>Whether there is a core; a model without shapes gets its core when it is first called.</summary>
    internal bool IsConnected => core is not null;

    internal Layer Delegate { get; }

    /// <summary>A number that rises from layer to layer in the order in which they were made: names follow it.</summary>
    internal long Order { get; private set; } = NextOrder();

    /// <summary>The name that a model gave the layer; null as long as none did.</summary>
    internal string? ModelName => modelName;

    /// <summary>The store of the weights, shared by all layers of all models that this layer is part of.</summary>
    internal WeightStore Store { get; } = new();

    /// <summary>The shape of samples, for the first layer of a Sequential model.</summary>
    internal Shape? InputShape { get; private init; }

    /// <summary>The layer whose weights those of this one begin as, when that has weights.</summary>
    internal LayerInstance? Origin { get; private init; }

    /// <summary>The layer as a part of another: not trained when it is not trained itself.</summary>
    internal CoreLayer Inner => Trainable ? Core : RecurrentInterop.Untrained(Core);

    /// <summary>The model that this layer is, when it is one.</summary>
    internal Model? Model { get; private set; }

    internal string Name => modelName ?? givenName;

    internal string ClassName => className;

    internal JsonObject Config => LayerInterop.Config(Core);

    /// <summary>What Keras saves of the layer inside another one.</summary>
    internal JsonObject Saved => LayerInterop.Saved(Core);

    internal bool IsInput => core is not null && LayerInterop.IsInput(core);

    internal bool IsOperation => core is not null && LayerInterop.IsOperation(core);

    internal bool IsBuilt => inputs is not null;

    /// <summary>Whether initial values keep double precision, because a model computes in it.</summary>
    internal bool KeepsDoubles { get; set; }

    internal IReadOnlyList<WeightDescription> WeightDescriptions => Model?.WeightDescriptions ?? weights;

    internal bool Trainable
    {
        get => trainable;
        set
        {
            trainable = value;
            foreach (var layer in Model?.KnownLayers ?? [])
                Of(layer).Trainable = value;
        }
    }

    internal SymbolicTensors Inputs => inputs is null ? throw NotCalled() : SymbolicTensors.Create(
        Array.ConvertAll(inputs, input => new SymbolicTensor([input], 0)));

    internal SymbolicTensors Outputs => outputs ?? throw NotCalled();

    internal static Layer Create(string className, string? name, JsonObject config, Shape? inputShape = null) =>
        Create(LayerInterop.Create(className, name, config), inputShape);

    /// <summary>A new layer, whose weights may begin as those of another that it has taken in.</summary>
    internal static Layer Create(CoreLayer core, Shape? inputShape, LayerInstance? origin = null)
    {
        var instance = new LayerInstance(core) { InputShape = inputShape, Origin = origin };
        Instances.Add(core, instance);
        return instance.Delegate;
    }

    /// <summary>A layer whose call is a function that users write.</summary>
    internal static Layer Create(
        string className,
        string? name,
        JsonObject config,
        Func<Shape[], WeightRequest[]> build,
        Func<SymbolicTensors, SymbolicTensors> call)
    {
        var core = FunctionInterop.Create(
            className,
            name,
            config,
            shapes => build(Array.ConvertAll(shapes, shape => Shape.Create(shape))),
            inputs => call(SymbolicTensors.OfEach(inputs)).ToCore());
        return Of(core).Delegate;
    }

    internal static long NextOrder() => Interlocked.Increment(ref lastOrder);

    /// <summary>A layer whose core is made for the inputs of its first call.</summary>
    internal static LayerInstance CreateLater(
        string className,
        string? name,
        Func<CoreTensor[], CoreLayer> connect,
        Shape? inputShape = null,
        Model? model = null,
        LayerInstance? origin = null) =>
        new(className, name ?? LayerInterop.AutomaticName(className), connect)
        {
            InputShape = inputShape,
            Model = model,
            Origin = origin,
            Order = model?.Order ?? NextOrder(),
        };

    internal static LayerInstance Of(CoreLayer core) => Instances.GetValue(core, layer => new LayerInstance(layer));

    internal static LayerInstance Of(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer.Target as LayerInstance ?? throw new ArgumentException(
            "This function of symbolic tensors is not a layer of its own: it has no name and no weights.", nameof(layer));
    }

    internal static LayerInstance Create(CoreLayer core, Model model)
    {
        var instance = Of(core);
        instance.Model = model;
        instance.Order = model.Order;
        return instance;
    }

    /// <summary>Gives the layer its core, when it has none yet.</summary>
    internal void Connect(CoreLayer made)
    {
        lock (gate)
        {
            if (core is not null)
                return;
            Instances.Add(made, this);
            core = made;
        }

        if (!trainable)
            Trainable = false;
    }

    /// <summary>Gives the layer the core for inputs, when it has none yet.</summary>
    internal void ConnectTo(CoreTensor[] arguments)
    {
        if (core is null && connect is not null)
            Connect(connect(arguments));
    }

    internal SymbolicTensor Call(params ReadOnlySpan<SymbolicTensor> given)
    {
        var arguments = SymbolicTensors.Create(given).ToCore();
        ConnectTo(arguments);
        return new SymbolicTensor(Record(arguments, LayerInterop.Apply(Core, arguments)), 0);
    }

    /// <summary>Calls the layer with Keras's call arguments; tensors among them may be missing.</summary>
    internal SymbolicTensor CallWith(
        SymbolicTensor[] given, (string Name, SymbolicTensor? Tensor)[] tensors, JsonObject values)
    {
        var inputs = SymbolicTensors.Create(given).ToCore();
        ConnectTo(inputs);
        var named = tensors
            .Where(tensor => tensor.Tensor is not null)
            .Select(tensor => (tensor.Name, tensor.Tensor!.Core))
            .ToArray();
        var results = LayerInterop.ApplyWith(Core, inputs, named, values);
        return new SymbolicTensor(Record([.. inputs, .. named.Select(tensor => tensor.Core)], results), 0);
    }

    /// <summary>Takes note of a call of the layer; the first one decides its weights.</summary>
    internal CoreTensor[] Record(CoreTensor[] arguments, CoreTensor[] results)
    {
        lock (gate)
        {
            if (inputs is null)
            {
                Build(results[0]);
                outputs = SymbolicTensors.Of(results);
                inputs = arguments;
            }
        }

        return results;
    }

    /// <summary>Lets the layer learn from data, which decides its weights or its arguments.</summary>
    internal void Adapt(Tensor data)
    {
        switch (ClassName)
        {
            case "Normalization":
                AdaptWeights(data);
                break;
            case "Discretization" when IsBuilt:
                throw new InvalidOperationException(
                    $"Layer '{Name}' (Discretization) was called already: adapt it to data before it is called.");
            case "Discretization":
                core = AdaptInterop.Discretized(Core, data.Data);
                Instances.Add(core, this);
                break;
            default:
                throw new InvalidOperationException(
                    $"Layer '{Name}' ({ClassName}) learns nothing from data: Normalization and Discretization do.");
        }
    }

    private void AdaptWeights(Tensor data)
    {
        var statistics = AdaptInterop.Statistics(Core, data.Data);
        lock (gate)
        {
            if (inputs is null)
            {
                var sample = Layers.Input(Shape.FromInts(data.Data.Shape[1..]), data.ElementType);
                Build(LayerInterop.Apply(Core, SymbolicTensors.Create(sample).ToCore())[0]);
            }
        }

        WeightValues.Set($"Layer '{Name}'", weights, [.. statistics.Select(statistic => new Tensor(statistic))]);
    }

    /// <summary>Decides the weights, from a result. A layer that data was seen by has its weights already.</summary>
    private void Build(CoreTensor result)
    {
        var wanted = LayerInterop.Weights(result);
        if (seed is not null)
        {
            foreach (var (given, other) in weights.Zip(wanted))
            {
                if (!given.Shape.SequenceEqual(other.Shape))
                {
                    throw new ArgumentException(
                        $"Layer '{Name}' ({ClassName}) was adapted to data whose {given.Name} has shape "
                        + $"{Shape.FromInts(given.Shape)}, but its input needs {Shape.FromInts(other.Shape)}.");
                }
            }
        }

        seed ??= wanted.Length > 0 ? RandomSeed.NextWeightSeed() : null;
        weights = Array.ConvertAll(wanted, weight => weight.Under(Name));
    }

    /// <summary>The name that a model gives the layer; the first one stays.</summary>
    internal void NameInModel(string name)
    {
        lock (gate)
        {
            modelName ??= name;
            weights = Array.ConvertAll(weights, weight => weight.Under(modelName));
        }
    }

    /// <summary>What the weights of the layer are before anything changes them.</summary>
    internal Kernels.Memory.HostTensor InitialValue(int index) =>
        Origin is { WeightDescriptions: { Count: > 0 } first }
            ? WeightValues.GetStored(first[index])
            : NewValue(index);

    private Kernels.Memory.HostTensor NewValue(int index) => seed is { } given
        ? WeightInterop.InitialValue(weights[index], given.ForWeight(index), KeepsDoubles)
        : throw NotCalled();

    private InvalidOperationException NotCalled() => new(
        $"Layer '{Name}' ({ClassName}) was not called yet, so its inputs, outputs and weights are not known.");
}
