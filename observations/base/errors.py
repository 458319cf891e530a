"""The three errors of a use case.

`Refused` is for people (a rule was broken), `StorageError` for operators (the store failed),
`Conflict` for `retried` (another transaction committed first; the same try may succeed now).
"""


class Refused(Exception):
    """A rule of the domain refused the request.

    `code` names the rule; whoever shows it finds the sentence by it. `field` is the form field that
    the message stands beside; `values` fill the sentence's placeholders.
    """

    def __init__(self, code: str, field: str | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class StorageError(Exception):
    """The store failed to do what was asked; the driver's own error is chained to it."""


class Conflict(StorageError):
    """Another transaction committed first. Nothing was written; the use case may be run again."""
