"""Mappings of the Center for Threat-Informed Defense: Mappings Explorer JSON and the older Security Stack YAML."""
