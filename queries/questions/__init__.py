"""The built-in questions: each is a .cypher file with typed parameters and rows."""
