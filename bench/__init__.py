"""Ratios against peers: same input, same run."""
