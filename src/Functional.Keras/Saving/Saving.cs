using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Functional.Runtime.Interop;
using CoreLayer = Functional.Core.Layers.Layer;

namespace Functional.Keras;

/// <summary>
/// Which layers of one's own model files may name. A file never holds code: it names classes, and only Keras's classes
/// and those registered here are made.
/// </summary>
public static class Saving
{
    private static readonly ConcurrentDictionary<string, Func<string, JsonObject, Layer>> Custom =
        new(StringComparer.Ordinal);

    /// <summary>Lets files name a class of layers.</summary>
    /// <param name="className">The class name in files, without its package.</param>
    /// <param name="create">Makes the layer from the name and the arguments in the file; the layer must get that name.</param>
    public static void Register(string className, Func<string, JsonObject, Layer> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        ArgumentNullException.ThrowIfNull(create);
        Custom[className] = create;
    }

    /// <summary>Lets files name a model class as a layer, by the name of its type.</summary>
    /// <typeparam name="TModel">The class.</typeparam>
    /// <param name="create">Makes the connected model from the name and the arguments in the file.</param>
    public static void Register<TModel>(Func<string, JsonObject, TModel> create)
        where TModel : Model
    {
        ArgumentNullException.ThrowIfNull(create);
        Register(typeof(TModel).Name, (name, config) => create(name, config));
    }

    /// <summary>Lets files name a class of layers, by the name of its type.</summary>
    /// <typeparam name="TLayer">The class.</typeparam>
    /// <param name="create">Makes the layer from the name and the arguments in the file.</param>
    public static void RegisterLayer<TLayer>(Func<string, JsonObject, TLayer> create)
        where TLayer : CustomLayer
    {
        ArgumentNullException.ThrowIfNull(create);
        Register(typeof(TLayer).Name, (name, config) => create(name, config));
    }

    /// <summary>Whether something was registered for a class.</summary>
    internal static bool IsRegistered(string className) => Custom.ContainsKey(className);

    /// <summary>Whether a class is not one of Keras's that can be made, so that it has to be registered.</summary>
    internal static bool IsCustom(string className) =>
        Custom.ContainsKey(className) || !SavingInterop.IsKnown(className);

    /// <summary>The layer of a registered class. Raises ArgumentException for other classes.</summary>
    internal static CoreLayer Create(string className, string name, JsonObject config)
    {
        if (Custom.TryGetValue(className, out var create))
            return LayerInstance.Of(create(name, config)).Core;
        throw new ArgumentException(className == "Lambda"
            ? $"Layer '{name}' is a Lambda: it holds Python code, and no code of a file is executed. Make it in C# and "
            + "register it with Saving.Register(\"Lambda\", ...), or save the model without it."
            : $"Layer '{name}' is of class '{className}'. {SavingInterop.UnknownClass(className)} "
            + "A class of one's own is registered with Saving.Register.");
    }
}
