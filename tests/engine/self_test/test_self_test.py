"""The self-test finds what computes wrongly, and passes what is right."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.cli import main as cli
from deblur_app.core import image_io
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine import devices
from deblur_app.engine.deblurring import Restored
from deblur_app.engine.devices import Device
from deblur_app.engine.method import Method, PsfUse, Request
from deblur_app.engine.methods import registry
from deblur_app.engine.self_test import report, self_test

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable

_SHARP = image_io.read(resource("samples", "coffee_sharp.jpg")).pixels


def _sharpen(context: Context) -> Task[Pixels]:
    yield Progress(0.5)
    return context.pixels * np.float32(0.5) + _SHARP * np.float32(0.5)


def _fail(context: Context) -> Task[Pixels]:
    yield Progress(0.5)
    raise RuntimeError("no such operation")


def make(name: str, run: object) -> Method:
    """A method of a test."""
    return Method(name, name.title(), "A method.", (), run, is_neural=False)


CPU = [Device("cpu", "CPU", "/CPU:0")]


@pytest.fixture(autouse=True)
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The methods of these tests need none."""
    monkeypatch.setattr(devices, "choose", lambda _: (CPU[0], ""))
    monkeypatch.setattr(devices, "list_devices", lambda: CPU)


def test_each_run_says_what_was_gained_or_what_is_wrong(method_table: MethodTable) -> None:
    """An error does not end the test."""
    methods = [make("right", _sharpen), make("broken", _fail)]
    method_table.put(*methods)
    runs = run_to_end(self_test.run_self_test(methods, ["coffee"], CPU))
    right, broken = runs
    assert right.gain is not None
    assert right.gain > 3
    assert right.problem == ""
    assert "no such operation" in broken.problem
    text = report.write_report(runs)
    assert "1 of 2 failed" in text
    assert "Right" in text


def test_a_result_that_is_worse_than_the_photo_is_wrong() -> None:
    """And so is one that failed its check, or has values that are no numbers; the paper's network may be worse."""
    method, picture = make("dim", _sharpen), image_io.read(resource("samples", "coffee_blurred.jpg"))
    restored = Restored(picture, Request("dim"), "CPU", "", 1.0)
    bad = picture.with_pixels(np.full_like(picture.pixels, np.nan))
    find = self_test._find_problem
    assert find(restored, method, CPU[0], 1.0) == ""
    assert "dB worse" in find(restored, method, CPU[0], -9.0)
    assert find(restored, replace(method, is_faithful=False), CPU[0], -9.0) == ""
    given = replace(method, psf=PsfUse.GIVEN)
    assert find(restored, given, CPU[0], 2.0) == ""
    assert "only 0.4 dB" in find(restored, given, CPU[0], 0.4)
    assert "failed its check" in find(replace(restored, rejected=picture), method, CPU[0], 1.0)
    assert "no numbers" in find(replace(restored, picture=bad), method, CPU[0], 1.0)
    assert "in place of" in find(restored, replace(method, is_neural=True), Device("gpu", "A card", "/GPU:0"), 1.0)


@pytest.mark.parametrize("sample", self_test.SAMPLES)
def test_a_method_that_undoes_a_given_blur_gets_that_of_the_sample(sample: str) -> None:
    """Wiener's filter gains with it; what the photo is blurred with is no question of the self-test."""
    (run,) = run_to_end(self_test.run_self_test([registry.find("wiener")], [sample], CPU))
    assert run.problem == ""
    assert run.gain is not None
    assert run.gain > self_test.LEAST_GAIN


def test_a_device_that_computes_otherwise_is_found() -> None:
    """Its results are compared with those of the first one."""
    first = self_test.SampleRun("coffee", "dim", "cpu", 1.0, 0.0)
    photo = image_io.read(resource("samples", "coffee_blurred.jpg"))
    other = photo.with_pixels(photo.pixels * np.float32(0.9))
    assert self_test._compare_devices(first, photo, photo).problem == ""
    assert "differs from that of the first device" in self_test._compare_devices(first, photo, other).problem


def test_every_method_that_comes_with_the_program_is_tested() -> None:
    """And none that needs a network of others."""
    tested = {method.name for method in self_test.list_methods()}
    assert {"restorer", "restorer-blind", "wiener", "autoencoder", "denoise"} <= tested
    assert "maxim-deblur" not in tested
    assert tested <= set(registry.list_names())


def test_the_command_line_tells_each_run_and_fails_where_one_fails(
    method_table: MethodTable, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 1; as JSON a line for each run, else as a report."""
    method_table.put(make("right", _sharpen), make("broken", _fail))
    arguments = ["self-test", "--sample", "coffee", "--method", "right"]
    assert cli.main([*arguments, "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["method"], told["sample"], told["passed"]) == ("right", "coffee", True)
    assert told["gain"] > 3
    assert cli.main([*arguments, "--method", "broken"]) == 1
    assert "1 of 2 failed" in capsys.readouterr().out
    assert cli.main(["self-test", "--method", "unknown"]) == 2
