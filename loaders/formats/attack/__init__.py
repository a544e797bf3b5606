"""ATT&CK bundles in STIX 2.0 and 2.1, every domain and release."""
