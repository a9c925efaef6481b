"""Results that are kept, saved, and recovered after a crash."""
