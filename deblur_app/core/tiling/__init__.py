"""Tiling of large pictures: tiles cut in the middle of their overlap, or blended over it."""
