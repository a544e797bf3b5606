"""Splunk's security content: detections in YAML, with the data sources that they name."""
