"""Pixels that show nothing of the scene: frames, writing, transparency."""
