"""Texts of official objects and annotations, held against what the structure says."""
