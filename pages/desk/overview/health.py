"""Whether the site is well: the store, the disk, the photos, the clock, the seals."""

import shutil

from markupsafe import Markup

from observations.base.errors import StorageError
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.runtime import known_time, settings, store
from pages.parts.wording import _

LITTLE = 1024**3  # bytes; below, no photo is taken
GIGABYTE = 1024**3
MOST = 5  # photos named


def lines() -> Markup:
    """A line a matter, with a mark."""
    matters = [_storage(), _disk(), _clock(), *_photos(), _seals()]
    return cards.bullets([("ok" if is_well else "warn", words) for is_well, words in matters])


def _storage() -> tuple[bool, str]:
    name = store().engine_name
    if store().is_write_failing:
        return False, _("存储（{engine}）读得到，写不进。看看磁盘和服务的日志。").format(
            engine=name
        )
    return True, _("存储（{engine}）读写正常。").format(engine=name)


def _disk() -> tuple[bool, str]:
    free = shutil.disk_usage(settings().home).free
    words = _("磁盘还空 {size} GB。").format(size=round(free / GIGABYTE, 1))
    return free >= LITTLE, words if free >= LITTLE else words + _("照片已经不收了，腾出地方来。")


def _clock() -> tuple[bool, str]:
    seconds = round(known_time.behind().total_seconds())
    if seconds:
        return False, _("这台机器的钟至少慢了 {seconds} 秒，请对时。").format(seconds=seconds)
    return True, _("钟没有倒走。")


def _photos() -> list[tuple[bool, str]]:
    try:
        damaged = store().media.damaged_digests(100)
    except StorageError:
        return [(False, _("照片的状态读不到。"))]
    if not damaged:
        return [(True, _("照片文件上次比对时都好。"))]
    names = ", ".join(one.sha256[:12] for one in damaged[:MOST])
    words = _("{count} 张照片的文件坏了或丢了：{names}。先跑 check --mend，再从备份里找。")
    return [(False, words.format(count=len(damaged), names=names))]


def _seals() -> tuple[bool, str]:
    head = store().log.last_seal()
    if head is None:
        return True, _("记录还没有封过。")
    words = _("记录封到第 {position} 条，{moment}。")
    return True, words.format(position=head.position, moment=moment_words(head.sealed_at))
