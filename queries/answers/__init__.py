"""Answers that take more than one question."""
