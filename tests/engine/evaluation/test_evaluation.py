"""An evaluation: figures of every photo and candidate, kept as they come, on one page."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.evaluation import candidates, layouts
from deblur_app.engine.evaluation.candidates import Candidate
from deblur_app.engine.evaluation.evaluation import evaluate
from deblur_app.engine.evaluation.page import evaluation_page
from deblur_app.engine.evaluation.records import RecordStore
from deblur_app.engine.models import bundle
from tests.engine.evaluation.pairs import write_pairs


@pytest.fixture
def data_set(tmp_path):
    """Three pairs of 64 × 80 pixels."""
    folder = tmp_path / "data"
    return write_pairs(folder, 3)


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    return RecordStore(tmp_path / "records")


def darker(case, photo, *, done):
    """A method that does harm, and says when it is at work."""
    yield from ()
    done.append(case.name)
    return photo.with_pixels(photo.pixels * np.float32(0.8))


def broken_folder(case, photo):
    """A method that cannot restore the second photo."""
    yield from ()
    if case.name == "1":
        raise ZeroDivisionError
    return photo


def test_figures_are_compared_with_doing_nothing(data_set, store):
    """The sharp pictures as another program's results gain, a darker photo loses, and doing nothing is the base."""
    cases = layouts.list_cases(data_set)
    completed = []
    others = candidates.results(data_set / "sharp", cases)
    harm = Candidate("darker", functools.partial(darker, done=completed))
    nothing, best, worst = run_to_end(evaluate(cases, [others, harm], store)).summaries()
    assert (nothing.candidate, nothing.gain, nothing.worse_share, nothing.count) == ("do_nothing", 0.0, 0.0, 3)
    assert best.gain > 10
    assert best.worse_share == 0.0
    assert worst.gain < -1
    assert worst.worse_share == 1.0


def test_an_evaluation_that_was_interrupted_goes_on_where_it_was(data_set, store):
    """Results that are there are not computed again; pictures that have changed are."""
    cases = layouts.list_cases(data_set)
    completed = []
    harm = Candidate("darker", functools.partial(darker, done=completed), "one")
    task = evaluate(cases, [harm], store)
    while len(completed) < 2:
        next(task)
    task.close()
    whole = run_to_end(evaluate(cases, [harm], store))
    assert sorted(completed) in (["0", "1", "1", "2"], ["0", "1", "2"])  # the second was perhaps not kept yet
    assert len(whole.records) == 6
    completed.clear()
    again = run_to_end(evaluate(cases, [harm], store))
    assert not completed
    assert [r.as_json() for r in again.records] == [r.as_json() for r in whole.records]
    run_to_end(evaluate(cases, [Candidate("darker", harm.restore, "two")], store))
    assert completed == ["0", "1", "2"]
    image_io.write(image_io.read(data_set / "sharp" / "0.png"), data_set / "blurred" / "2.png")
    completed.clear()
    run_to_end(evaluate(layouts.list_cases(data_set), [harm], store))
    assert completed == ["2"]


def test_what_goes_wrong_with_a_photo_costs_that_photo_only(data_set, store, log_file):
    """A defect of a method and a picture that cannot be read are told beside the figures of the others."""
    (data_set / "blurred" / "2.png").write_bytes(b"no picture")
    calls = []
    outcome = run_to_end(
        evaluate(layouts.list_cases(data_set), [Candidate("broken", broken_folder)], store, calls.append)
    )
    assert [(failure.case, failure.candidate) for failure in outcome.failures] == [("1", "broken"), ("2", "")]
    assert "ZeroDivisionError" in outcome.failures[0].reason
    assert [(record.case, record.candidate) for record in outcome.records] == [
        ("0", "do_nothing"), ("0", "broken"), ("1", "do_nothing"),
    ]  # fmt: skip
    assert len(calls) == 5
    assert "ZeroDivisionError" in log_file.read_text(encoding="utf-8")


def test_the_page_shows_figures_and_pictures_and_needs_no_other_file(data_set, store):
    """Crops are in the page, names cannot add to it, and what is worse is marked."""
    cases = layouts.list_cases(data_set)
    harm = Candidate("<b>darker</b>", functools.partial(darker, done=[]))
    page = evaluation_page(run_to_end(evaluate(cases, [harm], store)), "my <data>")
    assert "<b>darker" not in page
    assert "&lt;b&gt;darker" in page
    assert "my &lt;data&gt;" in page
    assert page.count("data:image/jpeg;base64,") == 9
    assert page.count('class="worse"') == 3
    assert "http" not in page.replace("http-equiv", "")


def test_networks_of_ones_own_are_candidates(data_set, store, tmp_path, tiny_card):
    """The folder of a training and its model as one file give the same figures."""
    run = tmp_path / "my-run"
    run.mkdir()
    for path in tiny_card.parent.iterdir():
        (run / path.name).write_bytes(path.read_bytes())
    one_file = tmp_path / "packed.deblur"
    run_to_end(bundle.write_bundle(run / "model.json", one_file))
    selected = [candidates.method(str(run)), candidates.method(str(one_file))]
    assert [candidate.name for candidate in selected] == ["my-run", "packed"]
    _, one, other = run_to_end(evaluate(layouts.list_cases(data_set)[:1], selected, store)).summaries()
    assert one.psnr == other.psnr
    with pytest.raises(DeblurError, match="not a method, a model"):
        candidates.method("nonsense")


def test_results_of_others_are_found_by_the_names_of_photos(tmp_path):
    """With scenes, by the folder too; “_deblurred” is what this program adds; nothing to be found is refused."""
    cases = [layouts.Case(name, tmp_path, (tmp_path,), "gopro") for name in ("test/A/01", "test/B/01", "test/B/02")]
    folder = tmp_path / "theirs"
    levels = {"A/01.png": 0.2, "B/blur/01.jpg": 0.4, "02_deblurred.png": 0.6}
    for name, level in levels.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        image_io.write(Picture(np.full((8, 8, 3), level, np.float32)), folder / name)
    cases = [replace(case, name=case.name.removeprefix("test/")) for case in cases]
    theirs = candidates.results(folder, cases)
    photo = Picture(np.zeros((8, 8, 3), np.float32))
    found = [run_to_end(theirs.restore(case, photo)).pixels.mean() for case in cases]
    assert found == pytest.approx([0.2, 0.4, 0.6], abs=0.01)
    assert theirs.name == "theirs"
    with pytest.raises(DeblurError, match="is named as a photo"):
        candidates.results(folder, [layouts.Case("other", tmp_path, (tmp_path,), "pairs")])


def test_no_two_candidates_share_a_name():
    """Two runs in folders of one name stay apart in the figures."""
    by_name = candidates.with_unique_names([candidates.nothing(), candidates.nothing(), candidates.nothing()])
    assert [candidate.name for candidate in by_name] == ["do_nothing", "do_nothing-2", "do_nothing-3"]
