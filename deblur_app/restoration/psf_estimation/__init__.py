"""Estimation of the point spread function from the photo alone."""
