using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Functional.Kernels.Loops;

/// <summary>Turns scheduled programs into machine code, by way of IL over the widest vectors that the CPU
/// has.</summary>
internal static class LoopCompiler
{
    /// <summary>The width in bits of the vectors that code is made for, or 0 if the CPU has none.</summary>
    public static int WidestVector =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Compiles a program, or takes the code of one of the same structure from a cache.</summary>
    /// <param name="preparation">The program.</param>
    /// <param name="bits">The width of the vectors: 512, 256 or 128.</param>
    /// <param name="cache">Where code is kept.</param>
    /// <returns>The code.</returns>
    public static LoopCode Compile(LoopPreparation preparation, int bits, LoopCodeCache cache)
    {
        var isSingle = preparation.BytesOfFloat == sizeof(float);
        var shape = LoopShape.Of(preparation, bits / 8 / preparation.BytesOfFloat);
        return cache.GetOrAdd(LoopStructure.Describe(preparation, shape, bits), types =>
        {
            var method = new DynamicMethod(
                "FusedLoop",
                typeof(void),
                [typeof(byte*).MakePointerType(), typeof(long*)],
                typeof(LoopCompiler).Module,
                skipVisibility: true);
            new LoopEmitter(preparation, shape, types, method.GetILGenerator(1024)).Emit();
            return method.CreateDelegate<LoopCode>();
        }, bits, isSingle);
    }
}
