"""Sigma rules: detection, correlation and filter rules of any folder, archive or file."""
