"""The table of quality: cases, rows, scores, and the report."""
