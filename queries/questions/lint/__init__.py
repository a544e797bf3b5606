"""Texts of official objects, held against their structure."""
