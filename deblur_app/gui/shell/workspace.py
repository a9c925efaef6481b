"""The workspaces of the window."""

from __future__ import annotations

import enum


class Workspace(enum.Enum):
    """The purpose of the window at the moment; the value is its name in settings.

    Photo and Lab share the large picture and differ in the panel beside it; Batch and Train have the window for
    themselves.
    """

    PHOTO = "photo"
    BATCH = "batch"
    LAB = "lab"
    TRAIN = "train"


TITLES = {Workspace.PHOTO: "Photo", Workspace.BATCH: "Batch", Workspace.LAB: "Lab", Workspace.TRAIN: "Train"}
"""The titles in the top bar."""

ICONS = {
    Workspace.PHOTO: "image",
    Workspace.BATCH: "layers",
    Workspace.LAB: "flask-conical",
    Workspace.TRAIN: "graduation-cap",
}
"""The icon of each."""

TIPS = {
    Workspace.PHOTO: "Restore photos",
    Workspace.BATCH: "Restore many photos into a folder",
    Workspace.LAB: "Blur lab and PSF editor",
    Workspace.TRAIN: "Train a network of your own",
}
"""Tool tips: the purpose of each in a few words."""
