"""The exit codes of commands."""

DONE, PROBLEMS, USAGE, REFUSED, UNAVAILABLE = range(5)
