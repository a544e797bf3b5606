"""Proofs: answers that can be checked by somebody who trusts neither Sightline nor its database."""
