"""Pairs are found by id or name, and nothing is dropped in silence."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deblur_app.core.errors import DeblurError
from training.data.pairs import find_pairs, pair_folders


def make(folder: Path, *names: str) -> Path:
    """Empty files: pairing only looks at names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_pairs_are_found_by_id_and_not_by_order(tmp_path: Path) -> None:
    """The listing of the two folders differs in order and length."""
    make(tmp_path, "sharp/10_A_S.jpg", "sharp/9_B_S.jpg", "sharp/1_Z_S.jpg")
    make(tmp_path, "motion_blurred/9_X_M.jpg", "motion_blurred/10_C_M.jpg")
    pairs = find_pairs(tmp_path)
    assert [(p.blurred.name, p.sharp.name) for p in pairs.pairs] == [
        ("9_X_M.jpg", "9_B_S.jpg"),
        ("10_C_M.jpg", "10_A_S.jpg"),
    ]
    assert [path.name for path in pairs.unpaired] == ["1_Z_S.jpg"]


def test_a_sharp_picture_with_two_blurred_ones_makes_two_pairs(tmp_path: Path) -> None:
    """The paper's data set has three pictures of each scene."""
    make(tmp_path, "sharp/3_A_S.jpg", "defocused_blurred/3_A_F.jpg", "motion_blurred/3_A_M.jpg")
    assert [pair.name for pair in find_pairs(tmp_path).pairs] == ["3 defocused_blurred", "3 motion_blurred"]


def test_endings_count_in_any_case_and_zeros_do_not(tmp_path: Path) -> None:
    """`.JPG`, `.jpeg` and `.PNG` are pictures, `007` is scene 7, and a text file or a hidden one is no picture."""
    make(tmp_path, "sharp/1_A_S.JPG", "sharp/007_S.jpeg", "sharp/notes.txt", "sharp/.1_A_S.jpg")
    make(tmp_path, "motion_blurred/1_B_m.PNG", "motion_blurred/7_B_M.png")
    pairs = find_pairs(tmp_path)
    assert len(pairs.pairs) == 2
    assert pairs.unpaired == []


def test_doubles_and_strangers_are_listed(tmp_path: Path) -> None:
    """Of two files with one id the first counts; the other, and names of another kind, are shown to the user."""
    make(tmp_path, "sharp/1_A_S.jpg", "sharp/1_B_S.jpg", "sharp/holiday.jpg")
    make(tmp_path, "motion_blurred/1_A_M.jpg", "motion_blurred/1_A_S.jpg", "motion_blurred/01_B_M.jpg")
    pairs = find_pairs(tmp_path)
    assert [(pair.blurred.name, pair.sharp.name) for pair in pairs.pairs] == [("01_B_M.jpg", "1_A_S.jpg")]
    others = ["motion_blurred/1_A_M.jpg", "motion_blurred/1_A_S.jpg", "sharp/1_B_S.jpg", "sharp/holiday.jpg"]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in pairs.unpaired) == others


def test_two_folders_are_paired_by_name_whatever_the_ending(tmp_path: Path) -> None:
    """Any two folders with equal names will do."""
    make(tmp_path, "a/Tree.png", "a/car.jpg", "b/tree.jpg", "b/house.jpg")
    pairs = pair_folders(tmp_path / "a", tmp_path / "b")
    assert [(pair.name, pair.blurred.parent.name) for pair in pairs.pairs] == [("tree", "a")]
    assert [path.name for path in pairs.unpaired] == ["car.jpg", "house.jpg"]


@pytest.mark.parametrize(
    ("blurred", "sharp"),
    [
        ("defocused_blurred", "sharp"),
        ("motion_blurred", "Sharp"),
        ("blur", "sharp"),
        ("Blurry", "GT"),
        ("input", "target"),
        ("LQ", "HQ"),
        ("lr", "hr"),
        ("input_crops", "target_crops"),
        ("blurred images", "Ground Truth"),
        ("blurred", "clean"),
        ("test_blur", "test_sharp"),
        ("blurred", "original"),
        ("inputs", "groundtruth"),
    ],
)
def test_the_usual_folder_names_are_known_in_any_case(tmp_path: Path, blurred: str, sharp: str) -> None:
    """Equal names make pairs in all of them, also in those of the paper."""
    make(tmp_path, f"{blurred}/budgie_1.png", f"{blurred}/b.tiff", f"{sharp}/budgie_1.png", f"{sharp}/b.JPG")
    pairs = find_pairs(tmp_path)
    assert [(pair.blurred.name, pair.sharp.name) for pair in pairs.pairs] == [
        ("b.tiff", "b.JPG"),
        ("budgie_1.png", "budgie_1.png"),
    ]
    assert pairs.unpaired == []


def test_splits_and_scenes_that_hold_the_folders_are_looked_into(tmp_path: Path) -> None:
    """As in GoPro: equal names in two scenes are two pairs, and frames of one video are one scene."""
    for scene in range(4):
        make(tmp_path, *(f"train/VIDEO{scene}/{side}/{n:06d}.png" for side in ("blur", "sharp") for n in (1, 2)))
    make(tmp_path, "test/VIDEO9/blur/000001.png", "test/VIDEO9/sharp/000001.png", "test/VIDEO9/sharp/000002.png")
    pairs = find_pairs(tmp_path)
    assert len(pairs.pairs) == 9
    assert len({pair.name for pair in pairs.pairs}) == 9
    assert [path.name for path in pairs.unpaired] == ["000002.png"]
    assert {pair.scene for pair in find_pairs(tmp_path / "train").pairs} == {f"VIDEO{n}/sharp" for n in range(4)}


def test_folders_of_scenes_inside_the_two_sides_are_looked_into(tmp_path: Path) -> None:
    """As in REDS, where the parts of the data set are in the names of the folders."""
    for part in ("train", "val"):
        make(tmp_path, *(f"{part}/{part}_{side}/{n:03d}/0.png" for side in ("blur", "sharp") for n in (1, 2)))
    pairs = find_pairs(tmp_path)
    assert len(pairs.pairs) == len({pair.scene for pair in pairs.pairs}) == 4
    assert all(pair.blurred.parent.name == pair.sharp.parent.name for pair in pairs.pairs)


def test_names_may_tell_the_side(tmp_path: Path) -> None:
    """As in RealBlur: blur_1.png and gt_1.png."""
    make(tmp_path, "blur/blur_1.png", "blur/blur_2.png", "gt/gt_1.png", "gt/gt_3.png")
    pairs = find_pairs(tmp_path)
    assert [(pair.blurred.name, pair.sharp.name) for pair in pairs.pairs] == [("blur_1.png", "gt_1.png")]
    assert len(pairs.unpaired) == 2


def test_the_same_ending_goes_before_another_one(tmp_path: Path) -> None:
    """Two sharp pictures may differ in nothing but their ending."""
    make(tmp_path, "sharp/a.jpg", "sharp/a.png", "blurred/a.png")
    pairs = find_pairs(tmp_path)
    assert [pair.sharp.name for pair in pairs.pairs] == ["a.png"]
    assert [path.name for path in pairs.unpaired] == ["a.jpg"]


def test_what_does_not_pair_is_told_by_folders_and_names(tmp_path: Path) -> None:
    """The sentence says what is there and what is missing."""
    make(tmp_path, "one/sharp/a.jpg", "one/motion_blurred/b.jpg", "two/target/a.jpg", "three/holiday/a.jpg")
    (tmp_path / "four" / "gt").mkdir(parents=True)
    make(tmp_path, "four/lq/a.jpg")
    for name, words in (
        ("one", ["“motion_blurred” (“b.jpg”)", "“sharp” (“a.jpg”)"]),
        ("two", ["“target”", "no folder of the blurred pictures"]),
        ("three", ["“holiday”"]),
        ("four", ["no picture in “gt”"]),
    ):
        with pytest.raises(DeblurError) as caught:
            find_pairs(tmp_path / name)
        assert all(word in str(caught.value) for word in words), str(caught.value)


def test_sharp_beside_blurred_is_paired_by_name(tmp_path: Path) -> None:
    """The shortest layout: two folders in one."""
    make(tmp_path, "sharp/a.png", "blurred/a.jpg")
    assert [pair.name for pair in find_pairs(tmp_path).pairs] == ["a"]


@pytest.mark.parametrize(
    ("names", "word"),
    [
        ((), "holds no pairs"),
        (("sharp/1_A_S.jpg",), "holds no pairs"),
        (("sharp/1_A_S.jpg", "motion_blurred/2_A_M.jpg"), "no pair"),
        (("sharp/a.jpg", "blurred/b.jpg"), "no pair"),
    ],
)
def test_a_folder_without_pairs_is_a_sentence(tmp_path: Path, names: tuple[str, ...], word: str) -> None:
    """The user chose the wrong folder and reads what the right one looks like."""
    with pytest.raises(DeblurError, match=word):
        find_pairs(make(tmp_path, *names))


def test_a_file_instead_of_a_folder_is_a_sentence(tmp_path: Path) -> None:
    """As is a folder that does not exist."""
    with pytest.raises(DeblurError, match="not a folder"):
        find_pairs(tmp_path / "none")
    with pytest.raises(DeblurError, match="cannot be read"):
        pair_folders(tmp_path / "none", tmp_path)


ids = st.sets(st.integers(0, 500), max_size=12)


@settings(deadline=None, max_examples=40)
@given(sharp=ids, blurred=ids)
def test_every_file_is_in_a_pair_or_listed(sharp: set[int], blurred: set[int]) -> None:
    """Whatever ids there are, pairs agree in their id and no file is lost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, "sharp/x.txt", "motion_blurred/x.txt")
        make(folder, *(f"sharp/{i:03d}_CAM_S.jpg" for i in sharp), *(f"motion_blurred/{i}_M.jpg" for i in blurred))
        if not sharp & blurred:
            with pytest.raises(DeblurError):
                find_pairs(folder)
            return
        pairs = find_pairs(folder)
        assert {int(pair.name.split()[0]) for pair in pairs.pairs} == sharp & blurred
        assert all(int(p.blurred.stem[:-2]) == int(p.sharp.stem.split("_")[0]) for p in pairs.pairs)
        assert 2 * len(pairs.pairs) + len(pairs.unpaired) == len(sharp) + len(blurred)
