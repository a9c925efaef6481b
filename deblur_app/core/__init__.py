"""Plain values and functions on arrays: pictures, files, metrics, tiles, tasks. No Qt, no TensorFlow."""
