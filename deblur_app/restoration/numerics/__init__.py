"""Fourier transforms, borders, and large pictures block by block and tile by tile."""
