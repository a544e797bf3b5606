"""Answers as text: table, JSON, CSV, Markdown, and a card for one object. Pure: nothing here prints."""
