"""What to do next: which log sources to collect, and what each one carries."""
