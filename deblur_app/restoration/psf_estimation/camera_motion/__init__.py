"""The movement of a camera during the exposure, from a photo whose blur varies over the frame."""
