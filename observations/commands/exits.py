"""The exit codes of commands."""

DONE, PROBLEMS, USAGE, REFUSED, UNAVAILABLE = range(5)
STOPPED = 130  # by the keyboard, as shells have it
