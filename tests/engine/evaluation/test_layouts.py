"""Layouts of data sets: each is told from the folder, and every photo finds its sharp picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.evaluation import layouts


def touch(folder, *names):
    """Files that have a name and no more."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes())


@pytest.mark.parametrize(
    ("files", "layout", "cases"),
    [
        (
            ["blurred/a.png", "blurred/b.png", "blurred/alone.png", "sharp/a.jpg", "sharp/b.png"],
            "pairs",
            {"a": ["sharp/a.jpg"], "b": ["sharp/b.png"]},
        ),
        (
            ["test/G1/blur/01.png", "test/G1/sharp/01.png", "test/G2/blur/01.png", "test/G2/sharp/01.png"],
            "gopro",
            {"test/G1/01": ["test/G1/sharp/01.png"], "test/G2/01": ["test/G2/sharp/01.png"]},
        ),
        (["blurred/1_01.png", "blurred/1_02.png", "sharp/1.jpg"], "kohler", {"1_01": ["sharp/1.jpg"],
         "1_02": ["sharp/1.jpg"]}),
        (
            ["BlurryImages/Blurry2_4.png", "GroundTruth/GroundTruth2_4_1.png", "GroundTruth/GroundTruth2_4_2.png",
             "GroundTruth/GroundTruth2_5_1.png"],
            "kohler",
            {"Blurry2_4": ["GroundTruth/GroundTruth2_4_1.png", "GroundTruth/GroundTruth2_4_2.png"]},
        ),
        (["im01_ker02.mat", "notes.txt"], "levin", {"im01_ker02": ["im01_ker02.mat"]}),
        (
            ["uniform/text_01_kernel_02.png", "nonuniform/text_01_kernel_02.png", "ground_truth/text_01.png"],
            "lai",
            {"nonuniform/text_01_kernel_02": ["ground_truth/text_01.png"],
             "uniform/text_01_kernel_02": ["ground_truth/text_01.png"]},
        ),
    ],
)  # fmt: skip
def test_a_layout_is_told_from_the_folder(tmp_path, files, layout, cases):
    """Each photo has the sharp pictures that belong to it, and one without is left out."""
    touch(tmp_path, *files)
    listed = layouts.list_cases(tmp_path)
    assert {case.layout for case in listed} == {layout}
    assert {case.name: [p.relative_to(tmp_path).as_posix() for p in case.truths] for case in listed} == cases


def test_a_folder_without_pairs_is_refused_with_the_layouts_that_are_known(tmp_path):
    """The sentence tells what a data set must look like."""
    touch(tmp_path, "holiday.png")
    with pytest.raises(DeblurError, match="gopro: a folder for each scene"):
        layouts.list_cases(tmp_path)
    with pytest.raises(DeblurError, match="im01_ker02"):
        layouts.list_cases(tmp_path, "levin")
    with pytest.raises(DeblurError, match="is not a folder"):
        layouts.list_cases(tmp_path / "missing")
