"""Writing that leaves whole files only: whatever interrupts it, and whoever writes beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import atomic_files
from deblur_app.core.files.atomic_files import remove_temporary_files, replacing, write_atomic, write_new

posix = pytest.mark.skipif(sys.platform == "win32", reason="files are locked otherwise there")


def names(folder: Path) -> list[Path]:
    """Three names for a result."""
    return [folder / f"result-{number}.png" for number in range(3)]


def run(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """A process of its own that runs `code`."""
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE)


def test_a_new_file_never_replaces_one(tmp_path):
    """The first free name is taken and told."""
    first, second, _ = names(tmp_path)
    first.write_bytes(b"old")
    assert write_new(names(tmp_path), b"new") == second
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"new")
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_a_link_that_leads_nowhere_is_not_free(tmp_path):
    """The file that it is meant to lead to is not made either."""
    names(tmp_path)[0].symlink_to(tmp_path / "elsewhere")
    assert write_new(names(tmp_path), b"new") == names(tmp_path)[1]
    assert not (tmp_path / "elsewhere").exists()


def test_without_hard_links_a_name_is_reserved(tmp_path, monkeypatch):
    """Memory cards and network folders know no links; a name that is taken is passed over there too."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(atomic_files.os, "link", refuse)
    assert [write_new(names(tmp_path), b"new") for _ in range(3)] == names(tmp_path)
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [b"new"] * 3


def test_a_reserved_name_is_given_back_where_writing_fails(tmp_path, monkeypatch):
    """No empty file stays."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(atomic_files.os, "link", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DeblurError, match="Operation not permitted"):
        write_new(names(tmp_path), b"new")
    assert list(tmp_path.iterdir()) == []


def test_new_files_of_several_processes_all_stay(tmp_path):
    """Four processes that want the same names write ten files each, and all forty are there, whole."""
    code = (
        "import sys; from itertools import count; from pathlib import Path\n"
        "from deblur_app.core.files.atomic_files import write_new\n"
        "for n in range(10): write_new((Path(sys.argv[1]) / f'{i}.png' for i in count()), sys.argv[2].encode() * 99)"
    )
    for process in [run(code, tmp_path, letter) for letter in "abcd"]:
        assert process.wait() == 0
        process.communicate()
    contents = sorted(path.read_bytes() for path in tmp_path.iterdir())
    assert contents == sorted(letter * 99 for letter in (b"a", b"b", b"c", b"d") for _ in range(10))


@posix
def test_what_a_kill_left_is_removed_by_the_next_write(tmp_path):
    """Into that folder, by whichever process; the file that was written is as before."""
    code = (
        "import os, signal, sys; from pathlib import Path; from deblur_app.core.files.atomic_files import replacing\n"
        "with replacing(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    target = tmp_path / "photo.png"
    target.write_bytes(b"old")
    with run(code, target) as process:
        assert process.wait() == -signal.SIGKILL
    assert len(list(tmp_path.glob(".deblur-*"))) == 1
    write_atomic(tmp_path / "other.png", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.png", "photo.png"]
    assert target.read_bytes() == b"old"


@posix
def test_a_file_that_is_being_written_is_not_removed(tmp_path):
    """Neither by this process nor by another one."""
    with replacing(tmp_path / "slow.png") as file:
        file.write(b"first ")
        write_atomic(tmp_path / "quick.png", b"x")
        code = "import sys; from pathlib import Path; from deblur_app.core.files.atomic_files import write_atomic\n"
        with run(f"{code}write_atomic(Path(sys.argv[1]), b'x')", tmp_path / "other.png") as process:
            assert process.wait() == 0
        file.write(b"second")
    assert (tmp_path / "slow.png").read_bytes() == b"first second"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.png", "quick.png", "slow.png"]


def test_other_hidden_files_are_left_alone(tmp_path):
    """A photo or a folder whose name begins alike is not taken for a temporary file."""
    (tmp_path / ".deblur-photo.jpg").write_bytes(b"x")
    (tmp_path / ".deblur-folder").mkdir()
    write_atomic(tmp_path / "a.png", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".deblur-folder", ".deblur-photo.jpg", "a.png"]


@posix
def test_where_files_cannot_be_locked_only_old_ones_are_removed(tmp_path, monkeypatch):
    """A network folder without locks: another machine may be writing, but not since yesterday."""
    monkeypatch.setattr(atomic_files, "_try_lock", lambda _: None)
    old, new = tmp_path / ".deblur-old_part.part", tmp_path / ".deblur-new_part.part"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    write_atomic(tmp_path / "a.png", b"x")
    assert sorted(tmp_path.iterdir()) == [new, tmp_path / "a.png"]


def test_a_process_that_ends_at_once_removes_its_temporary_files(tmp_path):
    """After a second Ctrl+C nothing is unwound."""
    with replacing(tmp_path / "photo.png") as file:
        file.write(b"half")
        remove_temporary_files()
        assert list(tmp_path.iterdir()) == []
        write_atomic(tmp_path / "photo.png", b"x")
        (tmp_path / Path(file.name).name).touch()  # so that the writing above can end
