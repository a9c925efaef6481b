"""The workspaces of the window."""

from __future__ import annotations

import enum

from deblur_app.core.texts import tr_later


class Workspace(enum.Enum):
    """The purpose of the window at the moment; the value is its name in settings.

    Photo and Lab share the large picture and differ in the panel beside it; Batch and Train have the window for
    themselves.
    """

    PHOTO = "photo"
    BATCH = "batch"
    LAB = "lab"
    TRAIN = "train"


TITLES = {
    Workspace.PHOTO: tr_later("Photo"),
    Workspace.BATCH: tr_later("Batch"),
    Workspace.LAB: tr_later("Lab"),
    Workspace.TRAIN: tr_later("Train"),
}
"""The titles in the top bar."""

ICONS = {
    Workspace.PHOTO: "image",
    Workspace.BATCH: "layers",
    Workspace.LAB: "flask-conical",
    Workspace.TRAIN: "graduation-cap",
}
"""The icon of each."""

TIPS = {
    Workspace.PHOTO: tr_later("Restore photos"),
    Workspace.BATCH: tr_later("Restore many photos into a folder"),
    Workspace.LAB: tr_later("Blur lab and PSF editor"),
    Workspace.TRAIN: tr_later("Train a network of your own"),
}
"""Tool tips: the purpose of each in a few words."""
