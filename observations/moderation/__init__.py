"""Names that everyone reads, in the hands of staff."""
