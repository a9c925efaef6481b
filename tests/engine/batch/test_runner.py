"""A batch as a whole, with a pool inside the process of the test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deblur_app.core.task import run_to_end
from deblur_app.engine.batch import outputs
from deblur_app.engine.batch.inputs import list_photos
from deblur_app.engine.batch.journal import Start, name_journal, open_journal
from deblur_app.engine.batch.photo_queue import PhotoQueue
from deblur_app.engine.batch.runner import BatchOptions, BatchRun
from deblur_app.engine.batch.settings import BatchSettings, OutputOptions, Override, find_fingerprint
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from deblur_app.engine.recipes.storage import read_recipe
from tests.engine.batch.conftest import SETTINGS
from tests.engine.batch.inline_pool import InlinePool


class Batch:
    """A batch of a folder into another, which may be run several times."""

    def __init__(self, photos, out):
        self.photos, self.out = photos, out
        self.queue = PhotoQueue(list_photos([photos]))
        self.events = []
        self.pool = InlinePool()

    def make_run(self, journal, settings, options):
        """Return a run into an open journal."""
        return BatchRun(self.queue, settings, journal, self.pool, self.events.append, options)

    def run(self, settings=SETTINGS, **options):
        """Run to the end, and return the summary."""
        with open_journal(name_journal(self.out)) as journal:
            journal.begin(Start(find_fingerprint(settings)))
            return run_to_end(self.make_run(journal, settings, BatchOptions(**options)).run())

    def last_states(self):
        """Return what became of each photo."""
        return {event.photo: event.state for event in self.events}


@pytest.fixture
def make_batch(tmp_path):
    """Return a function that makes a new batch of a folder, as the next start of the program does."""
    return lambda photos: Batch(photos, tmp_path / "out")


def _results(folder):
    return sorted(path.name for path in folder.rglob("*_deblurred*"))


def test_a_second_run_does_nothing_and_a_new_photo_only(make_photos, make_batch):
    """What is done is told as skipped."""
    folder = make_photos("a.png", "sub/b.png")
    assert make_batch(folder).run().counts["done"] == 2
    again = make_batch(folder)
    assert again.run().counts["skipped"] == 2
    assert again.pool.most_running == 0
    make_photos("c.png")
    third = make_batch(folder)
    assert third.run().counts["done"] == 1
    assert third.last_states()["c.png"] == "done"
    assert _results(third.out) == ["a_deblurred.png", "b_deblurred.png", "c_deblurred.png"]


def test_a_damaged_photo_costs_itself_only_and_is_tried_again_on_wish(make_photos, make_batch):
    """Its sentence is kept; once it is mended, it is restored without being asked."""
    folder = make_photos("a.png", "b.png")
    good = (folder / "b.png").read_bytes()
    (folder / "b.png").write_bytes(good[:60])
    first = make_batch(folder)
    assert first.run().counts == {**dict.fromkeys(first.run().counts, 0), "done": 1, "failed": 1}
    record = next(event.record for event in first.events if event.state == "failed")
    assert "b.png" in record.error
    again = make_batch(folder)
    assert again.run().counts["failed"] == 1
    assert again.pool.most_running == 0
    retried = make_batch(folder)
    assert retried.run(retries_failed=True).counts["failed"] == 1
    assert retried.pool.most_running == 1
    (folder / "b.png").write_bytes(good)
    mended = make_batch(folder)
    assert mended.run(retries_failed=True).counts["done"] == 1


def test_other_settings_restore_all_photos_again_in_place(make_photos, make_batch):
    """No second file beside the first."""
    folder = make_photos("a.png")
    batch = make_batch(folder)
    batch.run()
    before = (batch.out / "a_deblurred.png").read_bytes()
    again = make_batch(folder)
    assert again.run(BatchSettings(Request("denoise", {"strength": 3.0}))).counts["done"] == 1
    assert _results(again.out) == ["a_deblurred.png"]
    assert (again.out / "a_deblurred.png").read_bytes() != before


def test_a_photo_whose_process_dies_is_tried_once_more_alone(make_photos, make_batch):
    """While no other is running; the second time it has failed, and the others are done."""
    batch = make_batch(make_photos("a.png", "b.png", "c.png"))
    batch.pool.dying = {"b.png": 1}
    assert batch.run().counts["done"] == 3
    assert "b.png" in batch.pool.alone
    for path in batch.out.glob("*.jsonl"):
        path.unlink()
    worse = make_batch(batch.photos)
    worse.pool.dying = {"b.png": 2}
    summary = worse.run()
    assert (summary.counts["done"], summary.counts["failed"]) == (2, 1)
    error = next(event.record.error for event in worse.events if event.state == "failed")
    assert "ended 2 times" in error


def test_a_photo_whose_machine_is_lost_is_tried_again_beside_the_others(make_photos, make_batch):
    """Machines of a cluster come and go, and say nothing of the photo."""
    batch = make_batch(make_photos("a.png", "b.png", "c.png"))
    batch.pool.tries, batch.pool.retries_alone = 4, False
    batch.pool.dying = {"a.png": 3}
    assert batch.run().counts["done"] == 3
    batch.pool.dying = {"a.png": 4}
    batch.queue.retry(["a.png"])
    assert batch.run().counts["failed"] == 1


def test_photos_wait_while_memory_is_short(make_photos, make_batch):
    """One that needs more than there is runs alone."""
    batch = make_batch(make_photos("a.png", "b.png", "c.png"))
    assert batch.run(estimate_bytes=lambda _: 60, budget=100).counts["done"] == 3
    assert batch.pool.most_running == 1


def test_a_closed_batch_goes_on_where_it_was(make_photos, make_batch):
    """As after Stop."""
    folder = make_photos("a.png", "b.png", "c.png", "d.png")
    batch = make_batch(folder)
    with open_journal(name_journal(batch.out)) as journal:
        journal.begin(Start(find_fingerprint(SETTINGS)))
        task = batch.make_run(journal, SETTINGS, BatchOptions()).run()
        next(task)
        next(task)
        task.close()
    assert batch.pool.is_closed
    done = len(_results(batch.out))
    assert 0 < done < 4
    again = make_batch(folder)
    summary = again.run()
    assert (summary.counts["skipped"], summary.counts["done"]) == (done, 4 - done)
    assert len(_results(again.out)) == 4


def test_a_paused_batch_starts_nothing_until_it_is_resumed(make_photos, make_batch):
    """What runs is brought to its end."""
    batch = make_batch(make_photos("a.png", "b.png"))
    with open_journal(name_journal(batch.out)) as journal:
        journal.begin(Start(find_fingerprint(SETTINGS)))
        task = batch.make_run(journal, SETTINGS, BatchOptions()).run()
        batch.queue.is_paused = True
        assert [next(task).stage for _ in range(2)] == ["Paused: 0 of 2 photos"] * 2
        assert batch.events == []
        batch.queue.is_paused = False
        assert run_to_end(task).counts["done"] == 2


def test_the_queue_is_reordered_while_it_runs(make_photos, make_batch):
    """What somebody wants first comes next."""
    batch = make_batch(make_photos("a.png", "b.png", "c.png"))
    batch.pool.slots = 1
    batch.queue.move_first(["c.png"])
    batch.run()
    assert [event.photo for event in batch.events if event.state == "done"] == ["c.png", "a.png", "b.png"]


def test_a_photo_may_have_settings_of_its_own(make_photos, make_batch):
    """They are in its recipe, and a second run knows them."""
    folder = make_photos("a.png", "b.png")
    override = Override("denoise", {"strength": 2.5}, 40)
    for counted in ("done", "skipped"):
        batch = make_batch(folder)
        batch.queue.find("b.png").override = override
        assert batch.run().counts[counted] == 2
    recipes = [read_recipe(batch.out / f"{name}_deblurred.png") for name in "ab"]
    assert [recipe.request.values["strength"] for recipe in recipes] == [1.0, 2.5]
    assert [recipe.blend.strength for recipe in recipes] == [100, 40]


def test_a_retried_photo_is_restored_though_it_is_up_to_date(make_photos, make_batch):
    """As somebody asks for it."""
    batch = make_batch(make_photos("a.png"))
    batch.run()
    assert batch.queue.retry(["a.png"]) == ["a.png"]
    assert batch.run().counts["done"] == 1
    assert _results(batch.out) == ["a_deblurred.png"]


def test_sharp_photos_are_left_alone_on_wish(make_photos, make_batch):
    """Nothing is written, and they are not looked at again; otherwise a copy is."""
    folder = make_photos("a.png")
    request = Request("sparse", estimate=PsfEstimate(None, None, 0.9))
    alone = BatchSettings(request, output=OutputOptions(leaves_sharp=True))
    batch = make_batch(folder)
    assert (batch.run(alone).counts["unblurred"], _results(batch.out)) == (1, [])
    assert make_batch(folder).run(alone).counts["skipped"] == 1
    assert make_batch(folder).run(BatchSettings(request)).counts["unblurred"] == 1
    assert _results(batch.out) == ["a_deblurred.png"]


def test_a_review_is_remembered(make_photos, make_batch):
    """An accepted result is no longer doubtful, a rejected one is gone, and neither is made again."""
    folder = make_photos("a.png", "b.png")
    batch = make_batch(folder)
    batch.run()
    with open_journal(name_journal(batch.out)) as journal:
        for name in ("a.png", "b.png"):
            journal.add(replace(journal.records[name], doubts=("unsure",)))
    assert make_batch(folder).run().doubtful == ("a.png", "b.png")
    with open_journal(name_journal(batch.out)) as journal:
        outputs.accept_result(journal, "a.png")
        outputs.remove_result(journal, "b.png")
    summary = make_batch(folder).run()
    assert (summary.counts["skipped"], summary.doubtful) == (2, ())
    assert _results(batch.out) == ["a_deblurred.png"]
