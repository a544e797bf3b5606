"""What is loaded, and how releases differ."""
