namespace Functional.Core.Tests

open FSharp.Reflection

/// The cases of a union without fields, so that a test of all of them learns of new ones by itself.
[<RequireQualifiedAccess>]
module UnionCases =

    /// Every case, in order.
    let all<'Union> () : 'Union list = [
        for case in FSharpType.GetUnionCases typeof<'Union> -> unbox<'Union>(FSharpValue.MakeUnion(case, [||]))
    ]
