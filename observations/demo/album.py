"""The demo's photographs: our own drawings, each in several crops, stored as photos are.

They are never pictures of anybody. Each crop is saved as a JPEG and processed like every photo:
decoded, reduced, named by its SHA-256.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageEnhance

from observations.demo.dice import Dice
from observations.media.decoding import decode
from observations.media.digests import digest_of
from observations.media.store import PhotoDigest, PhotoFiles, PhotoSize
from observations.taxa.taxon import Taxon

ART = Path(__file__).parents[2] / "assets" / "art"
OWN = Path(__file__).with_name("drawings")
TABLE = Path(__file__).with_name("drawings.csv")  # the drawing that also stands for related taxa
SILHOUETTE = "group-"  # a drawing of a whole group, used where the table names it
# Species that were new to science are not met on a walk in the park.
LEFT_OUT = frozenset({"tiaoxi-zacco.webp", "favolaschia.webp", "white-chanterelle.webp"})
MOST_DRAWINGS = 60
CROPS_EACH = 3
SMALLEST_CROP = 0.72


@dataclass(frozen=True, slots=True)
class Picture:
    """One crop of a drawing as it is stored: the fields of a row of `media`."""

    sha256: str
    picture_hash: str
    width: int
    height: int
    byte_count: int
    digest: PhotoDigest


class Album:
    """The pictures by their drawing."""

    def __init__(self, pictures: dict[str, list[Picture]]) -> None:
        self._pictures = pictures

    def digests(self, sha256s: Collection[str]) -> list[PhotoDigest]:
        """What the files of those pictures are, each once."""
        hung = {one.sha256: one.digest for several in self._pictures.values() for one in several}
        return [hung[sha256] for sha256 in sorted(set(sha256s))]

    def of_taxon(self, taxon: Taxon, dice: Dice) -> Picture | None:
        """A picture of the taxon, of a related one, or of its group; None without a drawing."""
        names = (
            taxon.scientific_name,
            taxon.genus,
            taxon.family,
            taxon.taxon_order,
            taxon.taxon_class,
            taxon.group,
        )
        drawings = _drawings()
        files = [taxon.picture, *(drawings[name] for name in names if name in drawings)]
        return self._any_of(next((one for one in files if one in self._pictures), ""), dice)

    def of_action(self, group: str, dice: Dice) -> Picture | None:
        """A picture for an action of this group."""
        return self._any_of(_drawings().get(group, ""), dice)

    def _any_of(self, drawing: str, dice: Dice) -> Picture | None:
        pictures = self._pictures.get(drawing)
        return dice.choice(pictures) if pictures else None


@cache
def _drawings() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["name"]: row["drawing"] for row in csv.DictReader(rows)}


def drawings() -> list[Path]:
    """Every drawing, at most 60.

    The demo's own, those of taxa in the site's art, and the groups that the table names.
    """
    named = set(_drawings().values())
    art = (path for path in sorted(ART.glob("*.webp")) if path.name not in LEFT_OUT)
    used = (path for path in art if path.name in named or not path.name.startswith(SILHOUETTE))
    return [*sorted(OWN.glob("*.webp")), *used]


def make_pictures(files: PhotoFiles, dice: Dice) -> Iterator[tuple[str, Picture]]:
    """Make and store the crops one by one; gives each with the name of its drawing."""
    for drawing in drawings():
        for _turn in range(CROPS_EACH):
            yield drawing.name, _keep(files, _crop(drawing, dice))


def album(pictures: Iterator[tuple[str, Picture]]) -> Album:
    """The album of the stored pictures."""
    by_drawing: dict[str, list[Picture]] = defaultdict(list)
    for drawing, picture in pictures:
        by_drawing[drawing].append(picture)
    return Album(dict(by_drawing))


def _crop(drawing: Path, dice: Dice) -> bytes:
    """A part of a drawing, a little lighter or darker, as a JPEG like a phone's."""
    with Image.open(drawing) as whole:
        share = dice.uniform(SMALLEST_CROP, 1)
        width, height = int(whole.width * share), int(whole.height * share)
        left, top = dice.randint(0, whole.width - width), dice.randint(0, whole.height - height)
        part = whole.convert("RGB").crop((left, top, left + width, top + height))
    shaded = ImageEnhance.Brightness(part).enhance(dice.uniform(0.92, 1.06))
    file = io.BytesIO()
    shaded.save(file, "JPEG", quality=90)
    return file.getvalue()


def _keep(files: PhotoFiles, jpeg: bytes) -> Picture:
    photo = decode(jpeg)
    files.put(photo.sha256, PhotoSize.THUMB, photo.thumb)
    files.put(photo.sha256, PhotoSize.LARGE, photo.large)
    digest = digest_of(photo.sha256, photo.thumb, photo.large)
    return Picture(photo.sha256, photo.picture_hash, photo.width, photo.height, len(jpeg), digest)
