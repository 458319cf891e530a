"""Import and export of Darwin Core."""
