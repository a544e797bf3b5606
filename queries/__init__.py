"""Questions: each a .cypher file that an analyst can paste, with a typed front and back."""
