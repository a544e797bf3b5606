"""What is not there though one would expect it: one question per kind, counted together."""
