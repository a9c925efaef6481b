"""third_party."""
