"""The commands: each turns its options into one call and returns an answer."""
