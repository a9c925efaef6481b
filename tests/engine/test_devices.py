"""Devices: there is always one that works, and a sentence where it is not the one that was asked for."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine import devices, tasks
from deblur_app.engine.devices import Device
from deblur_app.engine.method import Request

CPU = Device("cpu", "CPU (test)", "/CPU:0")
GOOD = Device("gpu:0", "Good card", "/GPU:0")
BAD = Device("gpu:1", "Bad card", "/GPU:1")


@pytest.fixture(autouse=True)
def cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A graphics card that passes its probe, and one that does not."""
    monkeypatch.setattr(devices, "works", lambda device: device is not BAD)


@pytest.mark.parametrize(
    ("there", "taken"), [([CPU], CPU), ([CPU, GOOD], GOOD), ([CPU, BAD], CPU), ([CPU, BAD, GOOD], GOOD)]
)
def test_auto_takes_the_first_card_that_works(there, taken):
    """Else the processor; nothing was asked for, so there is nothing to say."""
    assert devices.choose(devices.AUTO, there) == (taken, "")


def test_a_wish_that_can_be_met_is_met_in_silence():
    """The device that was named, without a word."""
    assert devices.choose("gpu:0", [CPU, GOOD]) == (GOOD, "")
    assert devices.choose("cpu", [CPU, GOOD]) == (CPU, "")


def test_an_unknown_name_falls_back_with_a_sentence():
    """The card may have been taken out since the settings were made."""
    assert devices.choose("gpu:7", [CPU, GOOD]) == (
        CPU,
        "There is no device “gpu:7” here, so the CPU computes instead.",
    )


def test_a_card_that_fails_its_probe_falls_back_with_a_sentence():
    """A card that TensorFlow lists and cannot use."""
    device, sentence = devices.choose("gpu:1", [CPU, BAD])
    assert device == CPU
    assert sentence == "Bad card does not work with this TensorFlow, so the CPU computes instead."


def test_the_processor_is_always_there():
    """TensorFlow's own list begins with it, under a name for people."""
    first = devices.list_devices()[0]
    assert (first.name, first.tf_name, first.is_gpu) == ("cpu", "/CPU:0", False)
    assert first.label.startswith("CPU (")


class TestProbe:
    """The probe runs in a process of its own, so that a card that ends its process does not end ours."""

    @pytest.fixture(autouse=True)
    def real_probe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The probe itself, as it was before `cards` replaced it, without what it remembers."""
        monkeypatch.undo()
        devices.works.cache_clear()

    def test_the_processor_passes(self):
        """The convolution of the probe is right, in a new interpreter."""
        assert devices.works(CPU)

    @pytest.mark.gpu
    def test_graphics_cards_that_pass_restore_as_the_processor_does(self, tiny_card, scene):
        """Results of a network differ by no more than the cards round."""
        cards = [device for device in devices.list_devices() if device.is_gpu and devices.works(device)]
        if not cards:
            pytest.skip("there is no graphics card here")
        request = Request("autoencoder", {"model": str(tiny_card)}, "cpu")
        expected = run_to_end(tasks.deblur(Picture(scene), request)).picture.pixels
        for card in cards:
            result = run_to_end(tasks.deblur(Picture(scene), replace(request, device=card.name))).picture.pixels
            np.testing.assert_allclose(result, expected, atol=0.02)

    def test_a_device_that_is_not_there_fails(self, caplog):
        """TensorFlow's error ends the other process; ours goes on and its log says why."""
        assert not devices.works(Device("gpu:9", "Ghost", "/GPU:9"))
        assert "The probe of Ghost failed" in caplog.text

    def test_a_card_that_kills_its_process_fails(self, monkeypatch):
        """An abort of the other process, without a word of Python, is only an answer here."""
        monkeypatch.setattr(devices, "_PROBE", "import os; os.abort()")
        assert not devices.works(GOOD)

    def test_a_probe_that_hangs_fails(self, monkeypatch, caplog):
        """A driver that never answers costs a limited time."""
        monkeypatch.setattr(devices, "_PROBE", "import threading; threading.Event().wait()")
        monkeypatch.setattr(devices, "_PROBE_SECONDS", 0.3)
        assert not devices.works(GOOD)
        assert "did not end" in caplog.text

    def test_a_card_is_tried_once(self, monkeypatch):
        """The second question is answered from memory."""
        devices.works.cache_clear()
        monkeypatch.setattr(devices, "_PROBE", "raise SystemExit(0)")
        assert devices.works(GOOD)
        monkeypatch.setattr(devices, "_PROBE", "raise SystemExit(1)")
        assert devices.works(GOOD)
        devices.works.cache_clear()


def test_loading_the_engine_asks_for_memory_growth_first(monkeypatch):
    """Each card is told to take memory as needed; one that refuses does not stop the program."""
    devices.load_engine()
    import tensorflow as tf

    grown = []

    def grow(gpu: str, *, enable: bool) -> None:
        grown.append((gpu, enable))
        if gpu == "late":
            raise RuntimeError("must be set before GPUs have been initialized")

    card = type("Card", (str,), {"name": property(str)})
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda _: [card("late"), card("good")])
    monkeypatch.setattr(tf.config.experimental, "set_memory_growth", grow)
    devices._load_engine_once.__wrapped__()
    assert grown == [("late", True), ("good", True)]


@pytest.mark.parametrize(
    "program",
    [
        "devices.load_engine(); import tensorflow; tensorflow.zeros(1) + 1",
        "list(local_networks.load(restorer_blind.find_bundled_card(), devices.processor()))",
        "list(neural.load_model(neural.BUNDLED, devices.processor()))",
    ],
    ids=["the engine", "a network for photos of any size", "the network of the paper"],
)
def test_loading_prints_nothing(program):
    """Nothing that TensorFlow and CUDA write to stderr before any logging is set reaches the user.

    Neither where a network is the first to need them, as after a classical method whose result fails its check.
    """
    imports = (
        "from deblur_app.engine import devices, local_networks, neural; "
        "from deblur_app.engine.methods import restorer_blind"
    )
    program = f"{imports}; {program}"
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (process.stdout, process.stderr) == ("", "")


@pytest.mark.parametrize(
    ("seconds", "pays"), [({"bfloat16": 0.5, "float32": 1.0}, True), ({"bfloat16": 0.9, "float32": 1.0}, False)]
)
def test_bfloat16_is_faster_where_it_is_measured_to_be_clearly_so(monkeypatch, seconds, pays):
    """A little faster is not enough; a device is measured once."""
    import tensorflow as tf

    clock, calls = [0.0], []

    def conv2d(picture, *_):
        calls.append(picture.dtype.name)
        clock[0] += seconds[picture.dtype.name]
        return picture

    monkeypatch.setattr(tf.nn, "conv2d", conv2d)
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    devices.is_faster_in_bfloat16.cache_clear()
    try:
        assert devices.is_faster_in_bfloat16("/CPU:0") is pays
        measured = len(calls)
        assert devices.is_faster_in_bfloat16("/CPU:0") is pays
        assert len(calls) == measured > 0
    finally:
        devices.is_faster_in_bfloat16.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="the list of loaded libraries is read from /proc")
def test_the_libraries_are_loaded_before_the_import():
    """So that the import, which holds Python's lock, finds them there: TensorFlow itself is not imported yet."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from deblur_app.engine import devices\n"
        "loaded = devices.load_libraries()\n"
        "maps = Path('/proc/self/maps').read_text()\n"
        "assert len(loaded) == 2 and all(str(file) in maps for file in loaded), loaded\n"
        "assert 'tensorflow' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
