"""Tags of rules rewritten in their files: what is to be written, and how it is done without harm."""
