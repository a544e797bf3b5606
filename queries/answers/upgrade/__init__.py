"""What going to another release does: to claims, tactics, platforms and coverage."""
