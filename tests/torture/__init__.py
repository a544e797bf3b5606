"""Long runs; `make torture`."""
