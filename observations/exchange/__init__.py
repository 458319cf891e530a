"""Darwin Core in and out."""
