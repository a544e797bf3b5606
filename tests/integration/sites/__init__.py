"""Sites of releases that look otherwise, each in a graph of its own."""
