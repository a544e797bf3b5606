"""Tables of our own, made by hand: what the same log source or product is called in different places."""
