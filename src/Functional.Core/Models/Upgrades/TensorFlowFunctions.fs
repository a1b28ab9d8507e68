namespace Functional.Core.Models

open System.Text.Json
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

/// Functions of TensorFlow that Keras 2 put between layers: TFOpLambda names them ("math.add"), and before TensorFlow 2.4
/// TensorFlowOpLayer holds a node of TensorFlow's graph ("AddV2").
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

    let private functions: Map<string, TensorFlowFunction> =
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
    let private nodes: Map<string, string> =
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

    let private unknown (layer: Config) (what: string) : 'Result =
        invalidArg
            "layers"
            $"Layer '{SavedObject.name layer}' ({SavedObject.className layer}) is TensorFlow's function {what}, which has no counterpart among the operations here."

    let private ofName (layer: Config) (name: string) : TensorFlowFunction =
        match Map.tryFind name functions with
        | Some found -> found
        | None -> unknown layer $"'{name}'"

    /// A key of a tensor: slices are objects of their own in Keras 3.
    let private sliceSpecification (value: ConfigValue) : ConfigValue =
        let item value =
            match value with
            | ConfigValue.Object content when List.exists (fst >> (=) "start") content ->
                ConfigValue.Object [
                    "class_name", ConfigValue.String "__slice__"
                    "config", ConfigValue.Object content
                ]
            | _ -> value

        match value with
        | ConfigValue.List items -> ConfigValue.List(List.map item items)
        | _ -> item value

    /// The operation and its call, {"args", "kwargs"}, for arguments by name; the first has no name.
    let private call
        (layer: Config)
        (f: TensorFlowFunction)
        (first: ConfigValue)
        (named: Config)
        : Config * ConfigValue =
        let isSaid value =
            value <> ConfigValue.Null && value <> ConfigValue.Bool false

        let tensor position name =
            let value =
                if position = 0 then
                    Some first
                else
                    Config.tryFind name named

            match value with
            | Some value when name = "slice_spec" -> sliceSpecification value
            | Some value -> value
            | None -> unknown layer $"'{f.ClassName}' without its argument '{name}'"

        for key, value in named do
            let isKnown =
                key = "name"
                || List.contains key f.Tensors
                || List.exists (fst >> (=) key) f.Settings

            if not isKnown && isSaid value then
                unknown layer $"'{f.ClassName}' with '{key}' = %A{value}"

        let settings =
            f.Settings
            |> List.choose (fun (key, name) ->
                match Config.tryFind key named with
                | Some value -> Some(name, value)
                | None when
                    List.exists (fst >> (=) key) named
                    && not (List.exists (fst >> (=) name) f.Fixed)
                    ->
                    Some(name, ConfigValue.Null)
                | None -> None)

        (settings, f.Fixed)
        ||> List.fold (fun config (key, value) -> SavedObject.withDefault key value config),
        ConfigValue.Object [
            "args", ConfigValue.List(List.mapi tensor f.Tensors)
            "kwargs", ConfigValue.Object []
        ]

    let private operationLayer
        (layer: Config)
        (f: TensorFlowFunction)
        (config: Config)
        (calls: ConfigValue list)
        : Config = [
        "module", ConfigValue.String $"keras.src.ops.{f.Module}"
        "class_name", ConfigValue.String f.ClassName
        "config", ConfigValue.Object config
        "name", ConfigValue.String(SavedObject.name layer)
        "inbound_nodes", ConfigValue.List calls
    ]

    /// A layer TFOpLambda with its calls, each the first argument and the named ones, as an operation of Keras 3.
    let ofLambda (layer: Config) (calls: (ConfigValue * Config) list) : Config =
        let name =
            Config.tryFind "function" (SavedObject.config layer)
            |> Option.map (fun value ->
                match value with
                | ConfigValue.String name -> name
                | _ -> "")
            |> Option.defaultValue ""

        let f = ofName layer name
        let made = calls |> List.map (fun (first, named) -> call layer f first named)

        match made |> List.map fst |> List.distinct with
        | [ config ] -> operationLayer layer f config (List.map snd made)
        | [] -> operationLayer layer f f.Fixed []
        | _ -> unknown layer $"'{name}' called with different arguments"

    /// The node of TensorFlow's graph that a layer holds: its kind, and its attributes.
    let private graphNode (layer: Config) : string * JsonElement =
        match Config.tryFind "node_def" (SavedObject.config layer) with
        | Some(ConfigValue.String text) when text.TrimStart().StartsWith '{' ->
            use document = JsonDocument.Parse text
            let root = document.RootElement.Clone()

            let attributes =
                match root.TryGetProperty "attr" with
                | true, attributes -> attributes
                | false, _ -> JsonDocument.Parse("{}").RootElement

            root.GetProperty("op").GetString() |> string, attributes
        | _ -> unknown layer "of a graph in TensorFlow's own format"

    let private flag (name: string) (attributes: JsonElement) : bool =
        match attributes.TryGetProperty name with
        | true, attribute ->
            match attribute.TryGetProperty "b" with
            | true, value -> value.GetBoolean()
            | false, _ -> false
        | false, _ -> false

    /// A layer TensorFlowOpLayer with its calls, each its tensors in order, as an operation of Keras 3. Its constants stand
    /// between the tensors.
    let ofGraphNode (layer: Config) (calls: ConfigValue list list) : Config =
        let kind, attributes = graphNode layer

        let name =
            match Map.tryFind kind nodes with
            | Some name -> name
            | None -> unknown layer $"'{kind}'"

        let constants =
            match Config.tryFind "constants" (SavedObject.config layer) with
            | Some(ConfigValue.Object constants) ->
                constants
                |> List.map (fun (position, value) -> int position, value)
                |> List.sortBy fst
            | _ -> []

        let inserted (tensors: ConfigValue list) =
            (tensors, constants)
            ||> List.fold (fun inputs (position, value) -> List.insertAt (min position inputs.Length) value inputs)

        let named (inputs: ConfigValue list) : ConfigValue * Config =
            let f = ofName layer name

            match kind, inputs with
            | "ConcatV2", _ ->
                let values = List.take (inputs.Length - 1) inputs
                ConfigValue.List values, [ "axis", List.last inputs ]
            | "Pack", _ ->
                let axis =
                    match attributes.TryGetProperty "axis" with
                    | true, attribute -> attribute.GetProperty("i").GetString() |> string |> int64
                    | false, _ -> 0L

                ConfigValue.List inputs, [ "axis", ConfigValue.Int axis ]
            | ("MatMul" | "BatchMatMulV2"), _ when
                [ "transpose_a"; "transpose_b"; "adj_x"; "adj_y" ]
                |> List.exists (fun name -> flag name attributes)
                ->
                unknown layer $"'{kind}' of a transposed matrix"
            | _, first :: others ->
                let names = f.Tensors.Tail @ List.map fst f.Settings

                first,
                (List.zip (List.truncate others.Length names) others)
                @ [
                    if List.exists (fst >> (=) "keepdims") f.Settings then
                        "keepdims", ConfigValue.Bool(flag "keep_dims" attributes)
                ]
            | _, [] -> unknown layer $"'{kind}' without inputs"

        calls
        |> List.map (inserted >> named)
        |> ofLambda (
            layer
            |> SavedObject.set
                "config"
                (ConfigValue.Object(SavedObject.config layer |> SavedObject.set "function" (ConfigValue.String name)))
        )
