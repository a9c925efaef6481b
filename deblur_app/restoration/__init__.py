"""Restoration of blurred pictures without a network: plain functions on arrays."""
