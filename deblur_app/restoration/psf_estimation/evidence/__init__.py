"""Evidence for an estimated blur: its mirror image, the power spectrum of the photo, and the confidence in it."""
