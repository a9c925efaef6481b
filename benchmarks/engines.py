"""A bundled network in TensorFlow, LiteRT and ONNX Runtime: seconds of processor time of the start and of one run.

The start is importing the library, loading the network and its first run; one run is of 256 × 256 pixels with two
threads, the median of eight. Each engine is a process of its own, three times in turn. The other engines are no
packages of Deblur's: `uv pip install --target FOLDER --no-deps ai-edge-litert onnxruntime tf2onnx onnx flatbuffers
backports.strenum`, then

    PYTHONPATH=FOLDER python benchmarks/engines.py
"""

from __future__ import annotations

import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels

_CARD = Path(__file__).resolve().parents[1] / "resources" / "weights" / "restorer-blind.json"
_SIDE, _RUNS, _TIMES = 256, 8, 3


def convert(folder: Path) -> None:
    """Write the network for each engine into a folder, with inputs and the output that TensorFlow has for them."""
    import tensorflow as tf

    from deblur_app.networks import weights

    model, _ = weights.load(_CARD)
    random = np.random.default_rng(0)
    shapes = [(1, _SIDE, _SIDE, entry.shape[-1]) if len(entry.shape) == 4 else (1,) for entry in model.inputs]
    inputs = [random.random(shape).astype(np.float32) for shape in shapes]
    signature = [tf.TensorSpec(shape, tf.float32, name=f"x{number}") for number, shape in enumerate(shapes)]
    function = tf.function(lambda *values: model(list(values), training=False)[0], input_signature=signature)
    np.savez(folder / "inputs.npz", *inputs)
    np.save(folder / "output.npy", function(*inputs))
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function.get_concrete_function()])
    (folder / "network.tflite").write_bytes(converter.convert())
    to_onnx = importlib.import_module("tf2onnx").convert
    to_onnx.from_function(function, input_signature=signature, opset=17, output_path=str(folder / "network.onnx"))


def prepare_tensorflow(_: Path, inputs: list[Pixels]) -> Callable[[], Any]:
    """Return the network as Deblur runs it."""
    import tensorflow as tf

    from deblur_app.networks import weights

    tf.config.threading.set_intra_op_parallelism_threads(2)
    model, _card = weights.load(_CARD)
    function = tf.function(lambda *values: model(list(values), training=False)[0])
    return lambda: np.asarray(function(*inputs))


def prepare_litert(folder: Path, inputs: list[Pixels]) -> Callable[[], Any]:
    """Return the network in LiteRT."""
    library = importlib.import_module("ai_edge_litert.interpreter")
    interpreter = library.Interpreter(str(folder / "network.tflite"), num_threads=2)
    interpreter.allocate_tensors()

    def run() -> Any:
        for entry, values in zip(interpreter.get_input_details(), inputs, strict=True):
            interpreter.set_tensor(entry["index"], values)
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    return run


def prepare_onnx(folder: Path, inputs: list[Pixels]) -> Callable[[], Any]:
    """Return the network in ONNX Runtime."""
    library = importlib.import_module("onnxruntime")
    options = library.SessionOptions()
    options.intra_op_num_threads = 2
    session = library.InferenceSession(str(folder / "network.onnx"), options, providers=["CPUExecutionProvider"])
    feed = {entry.name: values for entry, values in zip(session.get_inputs(), inputs, strict=True)}
    return lambda: session.run(None, feed)[0]


ENGINES = {"TensorFlow": prepare_tensorflow, "LiteRT": prepare_litert, "ONNX Runtime": prepare_onnx}


def measure(engine: str, folder: Path) -> dict[str, float]:
    """Return the processor seconds of the start and of a run, and the largest difference to TensorFlow's output."""
    with np.load(folder / "inputs.npz") as arrays:
        inputs = list(arrays.values())
    begin = time.process_time()
    run = ENGINES[engine](folder, inputs)
    output = run()
    start, times = time.process_time() - begin, []
    for _ in range(_RUNS):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    difference = float(np.abs(output - np.load(folder / "output.npy")).max())
    return {"start": start, "run": statistics.median(times), "difference": difference}


def main() -> None:
    """Convert the network and measure the engines in turn; with arguments, do one of these for another process."""
    if len(sys.argv) > 2:
        if sys.argv[1] == "convert":
            convert(Path(sys.argv[2]))
        else:
            sys.stdout.write(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
        return
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, __file__]
        subprocess.run([*command, "convert", place], check=True, env=environment, capture_output=True)
        for _ in range(_TIMES):
            for engine in ENGINES:
                done = subprocess.run([*command, engine, place], check=True, env=environment, capture_output=True)
                sys.stdout.write(f"{engine:<13}{done.stdout.decode()}\n")


if __name__ == "__main__":
    main()
