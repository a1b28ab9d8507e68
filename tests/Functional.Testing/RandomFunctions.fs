namespace Functional.Testing

open Functional.Core.Graph

/// Functions whose values stay in a range where rounding is harmless.
[<RequireQualifiedAccess>]
module RandomFunctions =

    /// Functions of one value.
    let unary: (Node -> Node) list = [
        (fun x -> -x)
        Ops.abs
        Ops.tanh
        Ops.sigmoid
        Ops.sin
        (fun x -> Ops.exp (Ops.tanh x))
        (fun x -> Ops.log (x * x + 1.0))
        (fun x -> Ops.sqrt (x * x + 0.5))
        (fun x -> Ops.rsqrt (x * x + 0.5))
        Ops.softplus
        Ops.erf
        Ops.square
        Ops.stopGradient
        (fun x -> Ops.log1p (Ops.abs x))
        (fun x -> Ops.power (Ops.abs x + 0.1) (x.Number 2.0))
        (fun x -> Ops.power (Ops.abs x + 0.1) (x.Number 0.5))
        (fun x -> Ops.power (Ops.abs x + 0.1) (x.Number -1.0))
        (fun x -> x * 1.0 + 0.0)
        (fun x -> (x - 0.0) / 1.0)
        (fun x -> 1.0 - x)
        (fun x -> Ops.clip -0.5 0.75 x)
        (fun x -> Ops.select (Ops.greater x (x.Number 0.0)) x (x.Number 0.0))
        (fun x -> Ops.select (Ops.greater x (x.Number 0.0)) x (x * 0.25))
    ]

    /// Equal values come about in many ways, and rounding decides which of two is the greater: where a result jumps there,
    /// it is compared with something a little beside it.
    let aside (node: Node) : Node = node + 0.0173

    /// Functions of two values of one shape, or of shapes that broadcast.
    let binary: (Node -> Node -> Node) list = [
        (+)
        (-)
        (fun x y -> Ops.tanh x * y)
        (fun x y -> x / (Ops.abs y + 1.0))
        Ops.maximum
        Ops.minimum
        (fun x y -> Ops.select (Ops.greater x (aside y)) (x * 0.5) y)
        (fun x y -> Ops.cast x.ElementType (Ops.lessOrEqual x (aside y)) * y)
        (fun x y ->
            Ops.select
                (Ops.logicalAnd (Ops.less x (aside y)) (Ops.logicalNot (Ops.greater y (y.Number 0.3173))))
                x
                (-y))
    ]
