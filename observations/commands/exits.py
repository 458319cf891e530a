"""What a command's exit code says."""

DONE, PROBLEMS, USAGE, REFUSED, UNAVAILABLE = range(5)
