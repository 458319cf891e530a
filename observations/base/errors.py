"""The three ways a use case can fail, for every caller alike.

`Refused` is for people (a rule said no), `StorageError` for operators (the store could not answer),
`Conflict` for `retried` (another writer was quicker; the same try may succeed now).
"""


class Refused(Exception):
    """A rule of the domain said no. `code` names the rule; the sentence belongs to whoever speaks.

    `field` is the form field the message stands beside; `values` fill the sentence's placeholders.
    """

    def __init__(self, code: str, field: str | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class StorageError(Exception):
    """The store could not do what was asked; the driver's own error is chained to it."""


class Conflict(StorageError):
    """Another transaction was quicker. Nothing was written; the use case may be run again."""
