# Writes the models of this folder with Keras 3.3.3: python make.py. Every model is there as .keras, .h5 and .json;
# answers.json has what Keras answers for the input (rows of numbers that rise from -1 to 1).
import json
import os
import sys

import numpy as np

try:
    import orapatch  # what an older torch lacks
except ImportError:
    pass
import keras
from keras import layers

here = os.path.dirname(os.path.abspath(__file__))


def settle(model):
    """Weights that do not depend on a generator."""
    for index, variable in enumerate(model.variables):
        count = int(np.prod(variable.shape))
        values = np.sin(np.arange(1, count + 1) * (index + 1.3)).reshape(variable.shape)
        if "seed" not in variable.path:
            variable.assign(values.astype("float32") * 0.5)


def block(units, inputs, name):
    x = layers.Input((inputs,), name=f"{name}_in")
    return keras.Model(x, layers.Dense(units, "tanh", name=f"{name}_dense")(x), name=name)


def nested():
    x = layers.Input((3,), name="x")
    return keras.Model(x, block(3, 2, "decoder")(block(2, 3, "encoder")(x)), name="autoencoder")


def several():
    x = layers.Input((3,), name="x")
    encoder, decoder = block(2, 3, "encoder"), block(3, 2, "decoder")
    code = encoder(x)
    return keras.Model(x, [code, decoder(code), layers.Dense(1, name="head")(code)], name="several")


def deeper():
    x = layers.Input((3,), name="x")
    return keras.Model(x, nested()(x), name="outer")


def shared():
    x = layers.Input((3,), name="x")
    cell = block(3, 3, "cell")
    once = cell(x)
    return keras.Model(x, [cell(once), once], name="shared")


def row():
    return keras.Sequential([block(2, 3, "encoder"), block(3, 2, "decoder")], name="row")


def states():
    # Keras 3.3.3 gives a layer that is called with a state no mask.
    x = layers.Input((3, 1), name="x")
    masked = layers.Masking(name="masking")(x)
    state = layers.Dense(2, name="state")(layers.Flatten(name="flat")(x))
    out = layers.SimpleRNN(2, return_sequences=True, name="rnn")(masked, initial_state=[state])
    return keras.Model(x, out, name="states")


def stated():
    # The same with the mask as an argument, and a mask of one's own.
    x = layers.Input((3, 1), name="x")
    masked = layers.Masking(name="masking")(x)
    state = layers.Dense(2, name="state")(layers.Flatten(name="flat")(x))
    mask = keras.ops.any(keras.ops.not_equal(x, 0.0), axis=-1)
    other = keras.ops.any(keras.ops.less(x, 0.0), axis=-1)
    one = layers.SimpleRNN(2, return_sequences=True, name="rnn")(masked, initial_state=[state], mask=mask)
    two = layers.SimpleRNN(2, return_sequences=True, name="rnn_2")(masked, mask=other)
    return keras.Model(x, [one, two], name="stated")


answers = {}
for make in [nested, several, deeper, shared, row, states, stated]:
    name = make.__name__
    model = make()
    if name != "row":
        settle(model)
    x = np.linspace(-1, 1, 5 * 3).reshape(5, 3).astype("float32")
    if name in ("states", "stated"):
        x[1, 1] = 0
        x = x[..., None]
    model.save(os.path.join(here, f"{name}.keras"))
    model.save(os.path.join(here, f"{name}.h5"))
    with open(os.path.join(here, f"{name}.json"), "w") as file:
        file.write(model.to_json())
    results = model(x)
    results = results if isinstance(results, list) else [results]
    answers[name] = [np.asarray(result.detach().numpy()).ravel().round(6).tolist() for result in results]

with open(os.path.join(here, "answers.json"), "w") as file:
    json.dump(answers, file)
