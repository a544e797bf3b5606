"""What a trace is made of: the records behind claims, tactics, guidance and log sources."""
