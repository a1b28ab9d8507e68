using System.Runtime.InteropServices;
using System.Text;

namespace Functional.Kernels.Blas.Mkl;

/// <summary>Intel MKL, loaded into this process and told to use one thread: our own threads divide the work.</summary>
internal sealed unsafe class MklLibrary
{
    private const int SequentialLayer = 1;
    private const int InterfaceOf32BitIntegers = 0;

    private static readonly Lazy<(MklLibrary? Library, string Report)> _search = new(Search);

    private readonly nint _handle;

    private MklLibrary(nint handle)
    {
        _handle = handle;
        SingleProduct = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(handle, "cblas_sgemm");
        DoubleProduct = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)
            NativeLibrary.GetExport(handle, "cblas_dgemm");

        // Both layers are fixed by the library's first call, so this comes before any other.
        ((delegate* unmanaged[Cdecl]<int, int>)NativeLibrary.GetExport(handle, "MKL_Set_Threading_Layer"))(SequentialLayer);
        ((delegate* unmanaged[Cdecl]<int, int>)NativeLibrary.GetExport(handle, "MKL_Set_Interface_Layer"))(
            InterfaceOf32BitIntegers);
        Version = ReadVersion(handle);
    }

    /// <summary>The library, or null when this machine has none.</summary>
    public static MklLibrary? Instance => _search.Value.Library;

    /// <summary>What was tried to find the library, and what came of it.</summary>
    public static string SearchReport => _search.Value.Report;

    /// <summary>cblas_sgemm: layout, transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc.</summary>
    public delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>
        SingleProduct
    { get; }

    /// <summary>cblas_dgemm, with the arguments of <see cref="SingleProduct"/>.</summary>
    public delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>
        DoubleProduct
    { get; }

    /// <summary>What the library says it is.</summary>
    public string Version { get; }

    /// <summary>The address of one of the library's functions.</summary>
    public void* Function(string name) => (void*)NativeLibrary.GetExport(_handle, name);

    private static (MklLibrary? Library, string Report) Search()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return (null, "Intel MKL exists for x86-64 only.");
        var tried = new StringBuilder();
        foreach (var candidate in MklLocations.Candidates())
        {
            if (!NativeLibrary.TryLoad(candidate, out var handle))
            {
                tried.Append(tried.Length == 0 ? "" : ", ").Append(candidate);
                continue;
            }

            try
            {
                var library = new MklLibrary(handle);
                return (library, $"Intel MKL found as {candidate}: {library.Version}.");
            }
            catch (EntryPointNotFoundException exception)
            {
                tried.Append(tried.Length == 0 ? "" : ", ").Append(candidate).Append($" (not usable: {exception.Message})");
            }
        }

        return (null, $"Intel MKL not found; tried {tried}. Set {MklLocations.PathVariable} to the library or its folder.");
    }

    private static string ReadVersion(nint handle)
    {
        const int length = 200;
        var text = stackalloc byte[length];
        ((delegate* unmanaged[Cdecl]<byte*, int, void>)NativeLibrary.GetExport(handle, "MKL_Get_Version_String"))(
            text, length);
        text[length - 1] = 0;
        return (Marshal.PtrToStringUTF8((nint)text) ?? "").Trim();
    }
}
