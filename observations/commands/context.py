"""What a command works with."""

import errno
from collections.abc import Callable
from dataclasses import dataclass, field

from db.store import Store
from observations.base.roles import OPERATOR, Person
from observations.base.wording import N_, translate
from observations.exchange.survey_import import Progress, no_progress
from observations.media.store import PhotoFiles

Say = Callable[[str], None]


@dataclass(frozen=True)
class CommandContext:
    """What a command works with. `say` writes one line to the caller.

    `person` is who ran it: the account of `--as`, else the operator, by the name `system_user` of
    their account on the machine.
    """

    store: Store
    photos: PhotoFiles
    say: Say
    language: str
    progress: Progress = field(default=no_progress)
    system_user: str = ""
    person: Person = OPERATOR

    def tell(self, words: str, /, **values: object) -> None:
        """Report one line in the caller's language."""
        self.say(translate(words, self.language).format(**values))

    def tell_unread(self, file: object, error: OSError) -> None:
        """Report that a file could not be read."""
        reason = reason_of(error, self.language)
        self.tell(N_("读不到文件 {file}：{error}"), file=file, error=reason)

    def tell_unwritten(self, name: object, error: OSError) -> None:
        """Report that a file could not be written."""
        self.tell(N_("写不了 {name}：{error}"), name=name, error=reason_of(error, self.language))


REASONS = {
    errno.ENOENT: N_("没有这个文件或文件夹"),
    errno.EISDIR: N_("它是文件夹，不是文件"),
    errno.ENOTDIR: N_("路径当中有一段不是文件夹"),
    errno.EEXIST: N_("那里已经有一个文件"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("那里只能读"),
    errno.ENOSPC: N_("磁盘满了"),
}


def reason_of(error: OSError, language: str) -> str:
    """Why a file could not be read or written, in the operator's language where it is known."""
    words = REASONS.get(error.errno or 0)
    return translate(words, language) if words else str(error.strerror or error)
