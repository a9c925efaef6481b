"""Evaluation of restorations against sharp pictures, by the protocols of the field."""
