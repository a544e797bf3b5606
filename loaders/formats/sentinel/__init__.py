"""Analytics rules of Microsoft Sentinel, in YAML."""
