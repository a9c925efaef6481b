"""The meaning of a drop: which files are input, ground truth, pictures to combine."""

from __future__ import annotations

from pathlib import Path

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.gui.session.opening.dropping import Dropped, order_pair, same_scene, understand


def touch(folder: Path, *names: str) -> list[Path]:
    """Files of these names; what is in them does not matter here."""
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


def test_one_file_is_the_input_whatever_it_is_called(tmp_path: Path) -> None:
    """A single file is opened as input; whether it is a picture is for the opening to say."""
    for path in touch(tmp_path, "holiday.jpg", "sharp.png", "letter.txt"):
        assert understand([path]) == Dropped(picture=path)


@pytest.mark.parametrize(
    ("blurred", "sharp"),
    [
        ("106_NIKON-D3400-35MM_M.JPG", "106_NIKON-D3400-35MM_S.JPG"),
        ("106_NIKON-D3400-35MM_F.JPG", "106_NIKON-D3400-35MM_S.JPG"),
        ("coffee_blurred.jpg", "coffee_sharp.jpg"),
        ("motion_blurred/1.png", "sharp/1.png"),
        ("input/7.png", "target/7.png"),
        ("cat.png", "cat-gt.png"),
        ("cat_blur.png", "cat.png"),
        ("Türme defocused.tif", "Türme original.tif"),
        ("sharp/1_blurred.png", "sharp/1.png"),
        ("IMG_7-B.jpg", "IMG_7-S.jpg"),
        ("blur/IMG_7.jpg", "sharp/IMG_7.jpg"),
    ],
)
def test_a_pair_is_told_apart_by_name_in_either_order(tmp_path: Path, blurred: str, sharp: str) -> None:
    """Of two pictures the one that is called blurred is the input, whichever of them comes first."""
    one, other = touch(tmp_path, blurred, sharp)
    assert understand([one, other]) == understand([other, one]) == Dropped(picture=one, truth=other)


@pytest.mark.parametrize("names", [("a.png", "b.png"), ("IMG_1.jpg", "IMG_2.jpg"), ("35mm.jpg", "sharpie.jpg")])
def test_names_that_do_not_tell_keep_their_order(names: tuple[str, str]) -> None:
    """The first is the input where no name speaks of blur or sharpness; the user can swap."""
    one, other = (Path("pictures") / name for name in names)
    assert order_pair(one, other) == (one, other)
    assert order_pair(other, one) == (other, one)


def test_a_folder_is_a_list_of_its_pictures(tmp_path: Path) -> None:
    """A folder becomes a list by name, of pictures only, and the first is opened, even when there are one or two."""
    second, first, _, _ = touch(tmp_path / "both", "b.png", "A.JPG", "notes.txt", ".hidden.png")
    assert understand([tmp_path / "both"]) == Dropped(picture=first, pictures=[first, second])
    (only,) = touch(tmp_path / "one", "x.webp")
    assert understand([tmp_path / "one"]) == Dropped(picture=only, pictures=[only])


def test_many_pictures_and_folders_become_one_list(tmp_path: Path) -> None:
    """Three pictures, or pictures with folders, are listed in the order of the drop."""
    loose = touch(tmp_path, "c.png", "b.png", "a.png")
    inside = touch(tmp_path / "more", "d.png", "e.png")
    assert understand(loose) == Dropped(picture=loose[0], pictures=loose)
    assert understand([loose[0], tmp_path / "more"]) == Dropped(picture=loose[0], pictures=[loose[0], *inside])


def test_nothing_to_open_is_said_with_its_name(tmp_path: Path) -> None:
    """A folder without pictures is answered with a sentence that names it."""
    (note,) = touch(tmp_path / "letters", "note.txt")
    with pytest.raises(DeblurError, match=r"no picture.*letters.*JPEG, PNG"):
        understand([note.parent])
    with pytest.raises(DeblurError, match="Nothing was dropped"):
        understand([])


def test_a_folder_without_pictures_does_not_cost_the_others(tmp_path: Path) -> None:
    """Pictures that are dropped with an empty folder are opened, and the folder is answered with a sentence."""
    (photo,) = touch(tmp_path, "a.png")
    (tmp_path / "letters").mkdir()
    dropped = understand([tmp_path / "letters", photo])
    assert dropped.picture == photo
    assert [problem.split(". ")[0] for problem in dropped.problems] == ["There is no picture in the folder “letters”"]


def test_a_card_is_a_model_to_use(tmp_path: Path) -> None:
    """A single .json file is the card of a model."""
    (card,) = touch(tmp_path, "Model.JSON")
    assert understand([card]) == Dropped(model=card)


def test_a_recipe_holds_settings_to_go_on_with(tmp_path: Path) -> None:
    """The file beside a saved photo is no card of a model."""
    recipe = tmp_path / "Photo.JPG.deblur.json"
    assert understand([recipe]) == Dropped(recipe=recipe)


def test_a_model_in_one_file_is_one_to_install(tmp_path: Path) -> None:
    """Whatever the case of its ending; among pictures it is no picture, and says so when it is opened."""
    (file,) = touch(tmp_path, "Mine.DEBLUR")
    assert understand([file]) == Dropped(bundle=file)


def test_a_package_is_a_network_to_add(tmp_path: Path) -> None:
    """An archive as npm makes it, or the folder of one; a folder of pictures is one as ever."""
    (archive,) = touch(tmp_path, "maxim-deblurring-0.1.0.TGZ")
    assert understand([archive]) == Dropped(package=archive)
    touch(tmp_path / "unpacked", "package/package.json", "package/models/model.json")
    assert understand([tmp_path / "unpacked"]) == Dropped(package=tmp_path / "unpacked")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12_NIKON_S.jpg", "12_NIKON_F.JPG", True),
        ("coffee_sharp.png", "coffee_blurred.jpg", True),
        ("IMG_0001.jpg", "IMG_0001.png", True),
        ("IMG_0001.jpg", "IMG_0002.jpg", False),
        ("12_NIKON_S.jpg", "13_NIKON_F.jpg", False),
    ],
)
def test_names_tell_whether_two_pictures_show_one_scene(one: str, other: str, same: bool) -> None:
    """Names that differ only in words for sharp and blurred show one scene."""
    assert same_scene(Path(one), Path(other)) is same


@pytest.mark.parametrize(
    "names",
    [("IMG_1.jpg", "IMG_2.jpg"), ("dog_blurred.jpg", "cat_sharp.jpg"), ("motion.png", "cat.png"), ("a.png", "b.png")],
)
def test_names_of_two_scenes_make_no_pair(tmp_path: Path, names: tuple[str, str]) -> None:
    """Both are listed, the first is the input, and whether their content makes a pair is left open."""
    one, other = touch(tmp_path, *names)
    assert understand([one, other]) == Dropped(picture=one, other=other, pictures=[one, other])


def test_a_file_that_is_dropped_twice_is_one(tmp_path: Path) -> None:
    """Twice the same path is one picture, not a pair with itself."""
    (path,) = touch(tmp_path, "a.png")
    assert understand([path, path]) == Dropped(picture=path)
