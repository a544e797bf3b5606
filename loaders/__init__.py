"""From files to rows: source -> records and problems -> rows -> writer."""
