namespace Functional.Keras;

/// <summary>The seed of a layer's initial weights; every weight of the layer draws from a seed of its own.</summary>
internal readonly record struct WeightSeed(int Seed, int Stream)
{
    // Mixes bits so that neighbouring streams have unrelated seeds (Steele, Lea, Flood 2014, SplitMix64).
    internal int ForWeight(int index)
    {
        var mixed = ((ulong)(uint)Seed << 32) + (((ulong)(uint)Stream << 8) | (uint)index) + 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return (int)((mixed ^ (mixed >> 31)) & int.MaxValue);
    }
}
