"""`plan`: what to do next."""
