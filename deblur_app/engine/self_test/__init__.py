"""Self-test: the samples by every bundled method on every device, with seconds and what was gained."""
