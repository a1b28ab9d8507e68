namespace Functional.Keras;

/// <summary>The identity of a weight: a layer, and the position among the layer's weights.</summary>
internal readonly record struct WeightKey(LayerInstance Layer, int Index);
