"""What going to another release does to evidence."""
