"""A site: every object's page in a folder that any static host, or `file://`, shows."""
