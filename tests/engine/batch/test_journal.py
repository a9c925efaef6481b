"""The journal: what is written is read again, whatever ended the program."""

from __future__ import annotations

import json
import os

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.batch.inputs import Shard
from deblur_app.engine.batch.journal import (
    FileMark,
    Record,
    Start,
    find_output,
    has_content,
    mark_file,
    name_journal,
    open_journal,
    read_journal,
)


@pytest.fixture
def path(tmp_path):
    """Where the journal of a test lies."""
    return name_journal(tmp_path / "out")


def _write(path, *records, settings="s1", keeps_older=False):
    with open_journal(path) as journal:
        journal.begin(Start(settings, keeps_older))
        for record in records:
            journal.add(record)


def test_the_last_line_of_a_photo_counts(path):
    """With all its facts, and with names that are no Unicode."""
    name = os.fsdecode(b"caf\xe9.jpg")
    done = Record(
        name, "done", "s1", FileMark(3, 4, "ab"), "out.jpg", FileMark(5, 6, "cd"), doubts=("unsure",), seconds=1.5
    )
    _write(path, Record(name, "writing"), done, Record("b.jpg", "failed", error="It is damaged."))
    start, records = read_journal(path)
    assert start is not None
    assert start.settings == "s1"
    assert records == {name: done, "b.jpg": Record("b.jpg", "failed", error="It is damaged.")}


@pytest.mark.parametrize("cut", [1, 7, 40])
def test_a_line_that_was_cut_short_is_passed_over_and_the_next_one_is_whole(path, cut):
    """As power loss leaves it."""
    _write(path, Record("a.jpg", "done"), Record("b.jpg", "done"))
    path.write_bytes(path.read_bytes()[:-cut])
    _write(path, Record("c.jpg", "done"))
    assert set(read_journal(path)[1]) == {"a.jpg", "c.jpg"} | ({"b.jpg"} if cut == 1 else set())


def test_lines_of_others_are_passed_over(path):
    """A journal may have been edited by hand."""
    _write(path, Record("a.jpg", "done"))
    with path.open("ab") as file:
        file.write(b'[1]\n{"photo": 3}\n\xff\xfe\n{"photo": "x", "event": "gone"}\n\n')
    assert set(read_journal(path)[1]) == {"a.jpg"}


def test_a_journal_of_a_newer_program_is_refused(path):
    """What it means is not known."""
    path.parent.mkdir()
    path.write_text(json.dumps({"deblur_batch": 2, "settings": "x"}) + "\n")
    with pytest.raises(DeblurError, match="newer Deblur"):
        read_journal(path)


def test_older_results_can_be_taken_over_by_new_settings(path):
    """From then on they count as made with these."""
    _write(path, Record("a.jpg", "done", "s1"))
    _write(path, Record("b.jpg", "done", "s2"), settings="s2", keeps_older=True)
    _write(path, settings="s2")
    assert {record.settings for record in read_journal(path)[1].values()} == {"s2"}


def test_two_batches_never_write_one_journal(path):
    """The second one is told; parts of a batch have journals of their own."""
    with open_journal(path), pytest.raises(DeblurError, match="Another batch"), open_journal(path):
        pass
    with open_journal(path), open_journal(name_journal(path.parent, Shard(2, 3))):
        assert name_journal(path.parent, Shard(2, 3)).is_file()


def test_a_file_is_known_by_its_content(tmp_path):
    """A new time alone is no change; another content of the same size is."""
    file = tmp_path / "a"
    file.write_bytes(b"abc")
    mark = mark_file(file)
    os.utime(file, (1, 1))
    assert has_content(file, mark)
    file.write_bytes(b"abd")
    assert not has_content(file, mark)
    os.utime(file, ns=(mark.mtime_ns, mark.mtime_ns))
    assert not has_content(file, mark, is_thorough=True)


@pytest.mark.parametrize("output", ["../a.jpg", "/etc/a.jpg", "", "x/../../a"])
def test_a_journal_leads_to_no_file_outside_its_folder(tmp_path, output):
    """It may be a stranger's."""
    assert find_output(tmp_path, Record("a", "done", output=output)) is None
