"""The open pictures and the work on them."""
