"""Names that everyone reads, for staff."""
