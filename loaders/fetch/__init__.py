"""Published files from their public places, or a mirror of them: verified, and kept as dated copies."""
