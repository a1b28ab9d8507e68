namespace Functional.Examples;

/// <summary>Something to run: true when it reached what it promises.</summary>
internal sealed record Example(string Name, string Summary, Func<bool> Run);
