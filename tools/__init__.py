"""Scripts that make committed files: locks and sample."""
