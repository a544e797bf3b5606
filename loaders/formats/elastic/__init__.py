"""Elastic's detection rules: TOML files, as the public repository has them and as people keep their own."""
