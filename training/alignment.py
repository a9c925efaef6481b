"""Where the sharp picture of a pair lies on the blurred one: found as for any two pictures of one scene."""

from deblur_app.deconvolution.alignment import Alignment, align, grey, sharpness

__all__ = ["Alignment", "align", "grey", "sharpness"]
