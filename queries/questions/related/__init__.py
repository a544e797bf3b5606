"""Techniques, groups, software and controls that belong together, by several measures."""
