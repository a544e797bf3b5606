"""What could detect a technique (library), and what does detect it here (environment)."""
