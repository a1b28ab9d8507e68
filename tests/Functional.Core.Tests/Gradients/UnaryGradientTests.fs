namespace Functional.Core.Tests

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

module UnaryGradientTests =

    let private apply f (node: Node) : Node = Node.Create(Operation.Unary f, node)

    let private isSmooth f = f <> UnaryFunction.Abs

    /// Where a function of one number is differentiable; None for functions that are constant almost everywhere.
    let private domain (f: UnaryFunction) : (float * float) option =
        match f with
        | UnaryFunction.Negate
        | UnaryFunction.Exp
        | UnaryFunction.Expm1
        | UnaryFunction.Tanh
        | UnaryFunction.Sigmoid
        | UnaryFunction.Softplus
        | UnaryFunction.Erf
        | UnaryFunction.Sin
        | UnaryFunction.Cos
        | UnaryFunction.Atan
        | UnaryFunction.Sinh
        | UnaryFunction.Cosh
        | UnaryFunction.Asinh -> Some(-2.0, 2.0)
        // Both signs; differences must not cross the kink at 0.
        | UnaryFunction.Abs -> Some(-1.0, 3.0)
        | UnaryFunction.Log
        | UnaryFunction.Sqrt
        | UnaryFunction.Rsqrt -> Some(0.3, 3.0)
        | UnaryFunction.Log1p -> Some(-0.6, 3.0)
        | UnaryFunction.Tan -> Some(-1.1, 1.1)
        | UnaryFunction.Asin
        | UnaryFunction.Acos
        | UnaryFunction.Atanh -> Some(-0.7, 0.7)
        | UnaryFunction.Acosh -> Some(1.4, 3.0)
        | UnaryFunction.Sign
        | UnaryFunction.Floor
        | UnaryFunction.Ceiling
        | UnaryFunction.Round
        | UnaryFunction.Not -> None

    let private all = UnionCases.all<UnaryFunction>()

    let differentiable =
        TheoryData<string>(all |> List.filter (domain >> Option.isSome) |> List.map string)

    let stepwise =
        TheoryData<string>(
            all
            |> List.filter (fun f -> Option.isNone (domain f) && f <> UnaryFunction.Not)
            |> List.map string
        )

    let private named (name: string) : UnaryFunction =
        all |> List.find (fun f -> string f = name)

    [<Theory; MemberData(nameof differentiable)>]
    let ``a function of one number has the slope of its differences`` (name: string) =
        let f = named name
        let low, high = Option.get (domain f)

        let law =
            if isSmooth f then
                GradientLaw.holdsTwice
            else
                GradientLaw.holds

        law (Cases.shapes 0 3) (fun (lengths, seed) ->
            GradientLaw.case [ Samples.between low high seed lengths ] (List.head >> apply f))

    [<Theory; MemberData(nameof stepwise)>]
    let ``a function that is constant almost everywhere stops the gradient`` (name: string) =
        let x = FiniteDifferences.leaf "x" [ 3 ]
        let scalar = Ops.sum [ 0 ] false (apply (named name) x)

        Assert.Equal<Node option list>([ None ], Gradient.tryGradients scalar [ x ])

    [<Fact>]
    let ``the slope of the absolute value at 0 is 0`` () =
        let x = FiniteDifferences.leaf "x" []
        let slope = Gradient.gradients (Ops.abs x) [ x ] |> Graph.create
        let values = Map [ "x", Literal.scalar ElementType.Float64 0.0 ]

        Assert.Equal(0.0, Interpreter.run values slope |> List.head |> Literal.item)
