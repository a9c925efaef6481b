"""`deblur watch`, as a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess

import pytest

from deblur_app.cli import main as cli
from tests.cli.batch.program import PROGRAM


@pytest.mark.skipif(os.name == "nt", reason="a Ctrl+C cannot be sent to one process there")
def test_photos_are_restored_as_they_come_until_ctrl_c(photo, tmp_path):
    """Those that are there first, and those that come; then all has ended well."""
    watched, out = tmp_path / "in", tmp_path / "out"
    watched.mkdir()
    (watched / "a.png").write_bytes(photo.read_bytes())
    command = [*PROGRAM, "watch", str(watched), str(out), "--method", "denoise", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        done = []
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "done":
                done.append(event["photo"])
                if len(done) == 2:
                    break
                (watched / "new").mkdir()
                (watched / "new" / "b.png").write_bytes(photo.read_bytes())
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate()
    assert (done, process.returncode, err) == (["a.png", "new/b.png"], 0, "")
    assert json.loads(rest.splitlines()[-1])["done"] == 2
    assert (out / "new" / "b_deblurred.png").is_file()


def test_a_missing_folder_is_one_sentence(tmp_path, capsys):
    """Before anything is made."""
    assert cli.main(["watch", str(tmp_path / "in"), str(tmp_path / "out")]) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
