namespace Functional.Core.Models

open Functional.Core.Configuration

/// One of TensorFlow's functions as an operation of Keras 3.
type internal TensorFlowFunction = {
    /// The class and module of Keras's operation.
    ClassName: string
    Module: string
    /// The names of the tensors that the function takes, in the order in which the operation takes them.
    Tensors: string list
    /// The names of its other arguments, and those of the operation's configuration.
    Settings: (string * string) list
    /// What the operation is made with besides.
    Fixed: Config
}

/// Functions of TensorFlow that Keras 2 put between layers, for which there are operations.
[<RequireQualifiedAccess>]
module internal TensorFlowFunctions =

    let private operation moduleName className tensors settings = {
        ClassName = className
        Module = moduleName
        Tensors = tensors
        Settings = settings
        Fixed = []
    }

    let private unary moduleName className =
        operation moduleName className [ "x" ] []

    let private binary className =
        operation "numpy" className [ "x"; "y" ] []

    let private reduction className =
        operation "numpy" className [ "input_tensor" ] [ "axis", "axis"; "keepdims", "keepdims" ]

    /// By the names that TFOpLambda has: "math.add".
    let functions: Map<string, TensorFlowFunction> =
        [
            for name, className in
                [
                    "add", "Add"
                    "subtract", "Subtract"
                    "multiply", "Multiply"
                    "truediv", "TrueDivide"
                    "divide", "TrueDivide"
                    "divide_no_nan", "DivideNoNan"
                    "floordiv", "FloorDivide"
                    "floormod", "Mod"
                    "mod", "Mod"
                    "pow", "Power"
                    "maximum", "Maximum"
                    "minimum", "Minimum"
                    "equal", "Equal"
                    "not_equal", "NotEqual"
                    "less", "Less"
                    "less_equal", "LessEqual"
                    "greater", "Greater"
                    "greater_equal", "GreaterEqual"
                    "logical_and", "LogicalAnd"
                    "logical_or", "LogicalOr"
                ] do
                $"math.{name}", binary className
            "__operators__.add", binary "Add"
            "__operators__.radd", binary "Add"
            "__operators__.eq", binary "Equal"
            "__operators__.ne", binary "NotEqual"
            for name, className in
                [
                    "abs", "Absolute"
                    "negative", "Negative"
                    "sign", "Sign"
                    "square", "Square"
                    "sqrt", "Sqrt"
                    "exp", "Exp"
                    "expm1", "Expm1"
                    "log", "Log"
                    "log1p", "Log1p"
                    "sin", "Sin"
                    "cos", "Cos"
                    "tan", "Tan"
                    "tanh", "Tanh"
                    "sinh", "Sinh"
                    "cosh", "Cosh"
                    "asin", "Arcsin"
                    "acos", "Arccos"
                    "atan", "Arctan"
                    "floor", "Floor"
                    "ceil", "Ceil"
                    "round", "Round"
                    "reciprocal", "Reciprocal"
                    "is_nan", "Isnan"
                    "logical_not", "LogicalNot"
                ] do
                $"math.{name}", unary "numpy" className
            "math.rsqrt", unary "math" "Rsqrt"
            "math.erf", unary "math" "Erf"
            "math.sigmoid", unary "nn" "Sigmoid"
            "math.softplus", operation "nn" "Softplus" [ "features" ] []
            "nn.relu", operation "nn" "Relu" [ "features" ] []
            "nn.relu6", operation "nn" "Relu6" [ "features" ] []
            "nn.elu", operation "nn" "Elu" [ "features" ] []
            "nn.selu", operation "nn" "Selu" [ "features" ] []
            "nn.silu", operation "nn" "Silu" [ "features" ] []
            "nn.swish", operation "nn" "Silu" [ "features" ] []
            "nn.gelu",
            {
                operation "nn" "Gelu" [ "features" ] [ "approximate", "approximate" ] with
                    Fixed = [ "approximate", ConfigValue.Bool false ]
            }
            "nn.leaky_relu",
            {
                operation "nn" "LeakyRelu" [ "features" ] [ "alpha", "negative_slope" ] with
                    Fixed = [ "negative_slope", ConfigValue.Float 0.2 ]
            }
            "nn.softmax", operation "nn" "Softmax" [ "logits" ] [ "axis", "axis" ]
            "nn.log_softmax", operation "nn" "LogSoftmax" [ "logits" ] [ "axis", "axis" ]
            for name, className in
                [
                    "sum", "Sum"
                    "mean", "Mean"
                    "max", "Max"
                    "min", "Min"
                    "prod", "Prod"
                    "variance", "Var"
                    "std", "Std"
                    "any", "Any"
                    "all", "All"
                ] do
                $"math.reduce_{name}", reduction className
            "math.argmax", operation "numpy" "Argmax" [ "input" ] [ "axis", "axis" ]
            "math.argmin", operation "numpy" "Argmin" [ "input" ] [ "axis", "axis" ]
            "linalg.matmul", operation "numpy" "Matmul" [ "a"; "b" ] []
            "math.l2_normalize",
            {
                operation "nn" "Normalize" [ "x" ] [ "axis", "axis" ] with
                    Fixed = [ "order", ConfigValue.Int 2L ]
            }
            "linalg.l2_normalize",
            {
                operation "nn" "Normalize" [ "x" ] [ "axis", "axis" ] with
                    Fixed = [ "order", ConfigValue.Int 2L ]
            }
            "concat", operation "numpy" "Concatenate" [ "values" ] [ "axis", "axis" ]
            "stack", operation "numpy" "Stack" [ "values" ] [ "axis", "axis" ]
            "reshape", operation "numpy" "Reshape" [ "tensor" ] [ "shape", "newshape" ]
            "transpose", operation "numpy" "Transpose" [ "a" ] [ "perm", "axes" ]
            "compat.v1.transpose", operation "numpy" "Transpose" [ "a" ] [ "perm", "axes" ]
            "expand_dims", operation "numpy" "ExpandDims" [ "input" ] [ "axis", "axis" ]
            "squeeze", operation "numpy" "Squeeze" [ "input" ] [ "axis", "axis" ]
            "compat.v1.squeeze", operation "numpy" "Squeeze" [ "input" ] [ "axis", "axis" ]
            "tile", operation "numpy" "Tile" [ "input" ] [ "multiples", "repeats" ]
            "repeat", operation "numpy" "Repeat" [ "input" ] [ "repeats", "repeats"; "axis", "axis" ]
            "reverse", operation "numpy" "Flip" [ "tensor" ] [ "axis", "axis" ]
            "cast", operation "core" "Cast" [ "x" ] [ "dtype", "dtype" ]
            "stop_gradient", operation "core" "StopGradient" [ "input" ] []
            "identity", operation "numpy" "Copy" [ "input" ] []
            "zeros_like", operation "numpy" "ZerosLike" [ "input" ] []
            "ones_like", operation "numpy" "OnesLike" [ "input" ] []
            "where", operation "numpy" "Where" [ "condition"; "x"; "y" ] []
            "compat.v1.where", operation "numpy" "Where" [ "condition"; "x"; "y" ] []
            "clip_by_value", operation "numpy" "Clip" [ "t" ] [ "clip_value_min", "x_min"; "clip_value_max", "x_max" ]
            "__operators__.getitem", operation "numpy" "GetItem" [ "tensor"; "slice_spec" ] []
        ]
        |> Map.ofList

    /// Names of graph nodes, and the functions that they come from.
    let nodes: Map<string, string> =
        Map.ofList [
            "Add", "math.add"
            "AddV2", "math.add"
            "BiasAdd", "math.add"
            "Sub", "math.subtract"
            "Mul", "math.multiply"
            "RealDiv", "math.truediv"
            "Div", "math.truediv"
            "Pow", "math.pow"
            "Maximum", "math.maximum"
            "Minimum", "math.minimum"
            "Abs", "math.abs"
            "Neg", "math.negative"
            "Sign", "math.sign"
            "Square", "math.square"
            "Sqrt", "math.sqrt"
            "Rsqrt", "math.rsqrt"
            "Exp", "math.exp"
            "Log", "math.log"
            "Sin", "math.sin"
            "Cos", "math.cos"
            "Tanh", "math.tanh"
            "Sigmoid", "math.sigmoid"
            "Softplus", "math.softplus"
            "Relu", "nn.relu"
            "Relu6", "nn.relu6"
            "Elu", "nn.elu"
            "Selu", "nn.selu"
            "Softmax", "nn.softmax"
            "Sum", "math.reduce_sum"
            "Mean", "math.reduce_mean"
            "Max", "math.reduce_max"
            "Min", "math.reduce_min"
            "Prod", "math.reduce_prod"
            "MatMul", "linalg.matmul"
            "BatchMatMulV2", "linalg.matmul"
            "ConcatV2", "concat"
            "Pack", "stack"
            "Reshape", "reshape"
            "Transpose", "transpose"
            "ExpandDims", "expand_dims"
            "Squeeze", "squeeze"
            "Tile", "tile"
            "Identity", "identity"
            "StopGradient", "stop_gradient"
        ]
