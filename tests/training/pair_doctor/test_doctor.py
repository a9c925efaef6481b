"""Every planted fault is found, and a sound folder has none."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, resize_pixels
from deblur_app.core.task import run_to_end
from tests.training.photos import KERNELS, displacing, photo, photograph_scene
from training.cli import main as cli
from training.data.pairs import find_pairs
from training.pair_doctor.doctor import KINDS, Diagnosis, diagnose, perceptual_hash, pictures_of

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

NAMES = ("astronaut", "coffee", "chelsea")


def store(pixels: Pixels, path: Path) -> None:
    """Write a picture."""
    image_io.write(Picture(pixels), path)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three scenes, blurred and aligned; not to be changed."""
    folder = tmp_path_factory.mktemp("sound")
    for name in ("sharp", "blurred"):
        (folder / name).mkdir()
    for number, name in enumerate(NAMES):
        sharp = photo(name, 288)
        store(sharp, folder / "sharp" / f"{name}.png")
        store(photograph_scene(sharp, np.eye(3), KERNELS["defocus"], number), folder / "blurred" / f"{name}.png")
    return folder


@pytest.fixture
def faulty_folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of the sound folder, for faults."""
    return shutil.copytree(sound, tmp_path / "planted")


def findings(folder: Path, against: Path | None = None) -> list[tuple[str, set[str]]]:
    """Kinds and file names of what is found."""
    pairs = run_to_end(diagnose(find_pairs(folder), pictures_of(against) if against else ()))
    assert isinstance(pairs, Diagnosis)
    return [(finding.kind, {path.name for path in finding.files}) for finding in pairs.findings]


def test_a_sound_folder_has_no_fault(sound: Path) -> None:
    """And every pair's displacement is measured to be next to nothing."""
    pairs = run_to_end(diagnose(find_pairs(sound)))
    assert pairs.findings == []
    assert pairs.pairs == 3
    assert set(pairs.alignments) == set(NAMES)
    assert all(alignment.displacement < 0.3 for alignment in pairs.alignments.values())


def test_a_file_without_counterpart_is_found(faulty_folder: Path) -> None:
    """Nothing is left out in silence."""
    (faulty_folder / "blurred" / "coffee.png").unlink()
    assert findings(faulty_folder) == [("unmatched", {"coffee.png"})]


def test_a_broken_file_is_found(faulty_folder: Path) -> None:
    """The others are examined all the same."""
    (faulty_folder / "sharp" / "coffee.png").write_bytes(b"no picture")
    pairs = run_to_end(diagnose(find_pairs(faulty_folder)))
    assert [finding.kind for finding in pairs.findings] == ["unreadable"]
    assert "coffee.png" in pairs.findings[0].sentence
    assert set(pairs.alignments) == {"astronaut", "chelsea"}


def test_different_sizes_are_found(faulty_folder: Path) -> None:
    """They would be stretched onto each other."""
    path = faulty_folder / "blurred" / "coffee.png"
    store(resize_pixels(image_io.read(path).pixels, 252, 252), path)
    assert findings(faulty_folder) == [("sizes", {"coffee.png"})]


def test_swapped_sides_are_found(faulty_folder: Path) -> None:
    """A network would learn to blur."""
    sharp, blurred = faulty_folder / "sharp" / "coffee.png", faulty_folder / "blurred" / "coffee.png"
    one, other = sharp.read_bytes(), blurred.read_bytes()
    sharp.write_bytes(other)
    blurred.write_bytes(one)
    assert findings(faulty_folder) == [("swapped", {"coffee.png"})]


def test_a_picture_that_is_not_blurred_is_found(faulty_folder: Path) -> None:
    """Two sharp pictures of one scene teach nothing."""
    shutil.copy(faulty_folder / "sharp" / "coffee.png", faulty_folder / "blurred" / "coffee.png")
    assert findings(faulty_folder) == [("not-blurred", {"coffee.png"})]


def test_two_scenes_that_show_the_same_are_found(faulty_folder: Path) -> None:
    """At another size and quality, under another name."""
    for side in ("sharp", "blurred"):
        pixels = image_io.read(faulty_folder / side / "coffee.png").pixels
        store(resize_pixels(pixels, 240, 240), faulty_folder / side / "again.jpg")
    assert findings(faulty_folder) == [("duplicate", {"again.jpg", "coffee.png"})]


def test_duplicates_of_one_name_are_told_with_their_folders(sound: Path, tmp_path: Path) -> None:
    """Else the sentence would name one file twice."""
    for scene in ("one", "two"):
        for side in ("sharp", "blurred"):
            (tmp_path / "nested" / side / scene).mkdir(parents=True)
            shutil.copy(sound / side / "coffee.png", tmp_path / "nested" / side / scene / "coffee.png")
    pairs = run_to_end(diagnose(find_pairs(tmp_path / "nested"))).findings
    (duplicate,) = (finding for finding in pairs if finding.kind == "duplicate")
    assert duplicate.sentence.startswith("one/coffee.png and two/coffee.png show nearly the same")


def test_two_blurs_of_one_scene_are_no_duplicates(sound: Path, tmp_path: Path) -> None:
    """They share their sharp picture on purpose."""
    for folder, kind in (("sharp", "S"), ("defocused_blurred", "F"), ("motion_blurred", "M")):
        (tmp_path / folder).mkdir()
        side = "sharp" if kind == "S" else "blurred"
        shutil.copy(sound / side / "coffee.png", tmp_path / folder / f"1_A_{kind}.png")
    assert findings(tmp_path) == []


def test_a_picture_in_both_folders_is_found(sound: Path, faulty_folder: Path, tmp_path: Path) -> None:
    """The second folder may hold pairs or just pictures."""
    (tmp_path / "plain").mkdir()
    store(photo("coffee", 288), tmp_path / "plain" / "mug.jpg")
    store(photo("rocket", 288), tmp_path / "plain" / "rocket.jpg")
    assert findings(faulty_folder, tmp_path / "plain") == [("leak", {"coffee.png", "mug.jpg"})]
    assert [kind for kind, _ in findings(faulty_folder, sound)] == ["leak"] * 3


def test_a_broken_picture_of_the_second_folder_is_found(faulty_folder: Path, tmp_path: Path) -> None:
    """It cannot be compared, and that is said."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "broken.jpg").write_bytes(b"none")
    assert findings(faulty_folder, tmp_path / "plain") == [("unreadable", {"broken.jpg"})]


def test_a_misaligned_pair_is_found_with_its_displacement(faulty_folder: Path) -> None:
    """To half a pixel."""
    blurred = photograph_scene(photo("coffee", 288), displacing(x=4.0, y=3.0), KERNELS["motion"])
    store(blurred, faulty_folder / "blurred" / "coffee.png")
    pairs = run_to_end(diagnose(find_pairs(faulty_folder))).findings
    assert [finding.kind for finding in pairs] == ["misaligned"]
    assert pairs[0].value == pytest.approx(5.0, abs=0.5)
    assert "5.0 px apart" in pairs[0].sentence


def test_what_cannot_be_measured_is_said(faulty_folder: Path) -> None:
    """Two different scenes under one name have nothing to align by."""
    store(cv2.blur(photo("rocket", 288), (7, 7)), faulty_folder / "blurred" / "coffee.png")
    assert ("unmeasured", {"coffee.png"}) in findings(faulty_folder)


def test_the_hash_hardly_changes_with_blur_and_tells_photographs_apart() -> None:
    """A picture without contrast has none: it would be like any other."""
    codes = {name: perceptual_hash(photo(name)) for name in NAMES}
    for name in NAMES:
        again = perceptual_hash(resize_pixels(cv2.GaussianBlur(photo(name), (0, 0), 2.0), 200, 150))
        bits = {other: int(np.bitwise_count(code ^ again)[0]) for other, code in codes.items() if code is not None}
        assert bits.pop(name) <= 6
        assert min(bits.values()) > 12
    assert perceptual_hash(np.full((50, 60, 3), 0.3, np.float32)) is None


def test_progress_grows_to_the_end(faulty_folder: Path) -> None:
    """Also with a second folder."""
    fractions = [progress.fraction for progress in diagnose(find_pairs(faulty_folder), pictures_of(faulty_folder))]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < fractions[-1] <= 1


def test_the_command_tells_what_is_wrong(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0 for a sound folder, 1 where there are findings; as sentences or as JSON."""
    assert cli.main(["check", str(sound)]) == 0
    assert capsys.readouterr().out == "3 pairs examined, no findings.\n"
    assert cli.main(["check", str(sound), "--against", str(sound), "--json"]) == 1
    output = json.loads(capsys.readouterr().out)
    assert output["pairs"] == 3
    assert {finding["kind"] for finding in output["findings"]} == {"leak"}
    assert set(output["alignments"]) == set(NAMES)


def test_the_command_registers(faulty_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says of each pair what became of it, and `check` finds the new folder sound."""
    blurred = photograph_scene(photo("coffee", 288), displacing(x=4.0, y=3.0), KERNELS["motion"])
    store(blurred, faulty_folder / "blurred" / "coffee.png")
    out = faulty_folder.parent / "out"
    assert cli.main(["check", str(faulty_folder), "--register", str(out)]) == 1
    output = capsys.readouterr().out
    assert f"3 of 3 pairs registered in {out}." in output
    assert "coffee: moved by 5.0 px, 0." in output
    assert cli.main(["check", str(out)]) == 0
    capsys.readouterr()
    assert cli.main(["check", str(faulty_folder), "--register", str(out)]) == 2
    assert "is there already" in capsys.readouterr().err
    more = ["--register", str(faulty_folder.parent / "none"), "--limit", "0", "--json"]
    assert cli.main(["check", str(faulty_folder), *more]) == 1
    left_out = json.loads(capsys.readouterr().out)["registered"]
    assert [(result["sharp"], result["residual"] > 0) for result in left_out] == [(None, True)] * 3


def test_kinds_are_listed_in_one_place() -> None:
    """A page that groups findings can rely on the order."""
    assert KINDS[0] == "unmatched"
    assert len(set(KINDS)) == 9
