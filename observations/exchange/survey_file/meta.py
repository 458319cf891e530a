"""`meta.xml` and `eml.xml` of a Darwin Core Archive (https://dwc.tdwg.org/text/).

They are read by defusedxml: all entities and document types are refused.
"""

import codecs
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from observations.base.errors import Refused
from observations.exchange.survey_file.zips import is_safe

TEXT_SPACE = "{http://rs.tdwg.org/dwc/text/}"
# Row types that GBIF accepts as an occurrence core; the second one was used before 2009.
OCCURRENCE_CORES = ("occurrence", "darwincore", "simpledarwinrecord")
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "ascii": "utf-8-sig",
    "us-ascii": "utf-8-sig",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16": "utf-16",
    "iso-8859-1": "latin-1",
    "latin-1": "latin-1",
    "windows-1252": "cp1252",
}
ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\r\\n": "\r\n"}
LARGEST_XML = 4 * 1024**2


@dataclass(frozen=True)
class Table:
    """One table of an archive, as meta.xml describes it: a text file, or several one after another.

    `encoding` is "" for one that is not known. Columns count from 0; `id_column` is the core's id,
    or an extension's reference to it.
    """

    locations: tuple[str, ...]
    encoding: str
    delimiter: str
    quote: str
    header_lines: int
    id_column: int | None
    columns: dict[str, int] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The number of columns that meta.xml speaks of."""
        return max([*self.columns.values(), self.id_column or 0]) + 1


@dataclass(frozen=True)
class Meta:
    """The content of meta.xml: the core, its extensions, the file of the metadata."""

    core: Table
    extensions: tuple[Table, ...]
    metadata: str


def read_meta(text: bytes) -> Meta:
    """Read meta.xml.

    A core without a row type is taken for occurrences, if it has their columns. Raises `Refused`:
    `dataset.meta_unreadable`, `dataset.xml_entities`, `dataset.core_type`, `dataset.zip_path`,
    `dataset.encoding_unknown` of the core.
    """
    root = parse(text, "meta.xml")
    cores = list(root.iter(f"{TEXT_SPACE}core"))
    if root.tag != f"{TEXT_SPACE}archive" or len(cores) != 1:
        raise Refused("dataset.meta_unreadable", "file", name="meta.xml")
    row_type = re.split(r"[/#:]", cores[0].get("rowType", "").strip().rstrip("/"))[-1]
    if row_type and row_type.lower() not in OCCURRENCE_CORES:
        raise Refused("dataset.core_type", "file", type=row_type)
    extensions = tuple(_table(part, "coreid") for part in root.iter(f"{TEXT_SPACE}extension"))
    core = _table(cores[0], "id")
    if not core.encoding:
        raise Refused("dataset.encoding_unknown", "file", name=cores[0].get("encoding", "?"))
    return Meta(core, extensions, (root.get("metadata") or "").strip())


def parse(text: bytes, name: str) -> Element:
    """The root of an XML text from outside.

    Raises `Refused`: `dataset.xml_entities`, `dataset.meta_unreadable`.
    """
    if len(text) > LARGEST_XML:
        raise Refused("dataset.meta_unreadable", "file", name=name)
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused("dataset.xml_entities", "file", name=name) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused("dataset.meta_unreadable", "file", name=name) from error
    return root


def _table(part: Element, id_tag: str) -> Table:
    columns: dict[str, int] = {}
    defaults: dict[str, str] = {}
    for one in part.iter(f"{TEXT_SPACE}field"):
        term = one.get("term", "")
        if (index := one.get("index")) is not None:
            columns[term] = _number(index)
        if default := one.get("default"):
            defaults[term] = default
    reference = part.find(f"{TEXT_SPACE}{id_tag}")
    index = reference.get("index") if reference is not None else None
    return Table(
        locations=_locations(part),
        encoding=_encoding(part.get("encoding", "UTF-8")),
        delimiter=_sign(part.get("fieldsTerminatedBy", ",")),
        quote=part.get("fieldsEnclosedBy", '"')[:1],
        header_lines=_number(part.get("ignoreHeaderLines") or "0"),
        id_column=None if index is None else _number(index),
        columns=columns,
        defaults=defaults,
    )


def _locations(part: Element) -> tuple[str, ...]:
    paths = tuple((one.text or "").strip() for one in part.iter(f"{TEXT_SPACE}location"))
    if not all(paths) or not paths:
        raise Refused("dataset.meta_unreadable", "file", name="meta.xml")
    for path in paths:
        if not is_safe(path) or "://" in path:
            raise Refused("dataset.zip_path", "file", name=path)
    return tuple(dict.fromkeys(paths))


def _encoding(name: str) -> str:
    """Python's name of an encoding; "" for one that it does not know."""
    plain = name.strip().lower()
    if plain in ENCODINGS or not plain:
        return ENCODINGS.get(plain, "utf-8-sig")
    try:
        codec = codecs.lookup(plain)
        "".encode(codec.name)  # refuses what is no encoding of text
    except (LookupError, ValueError):
        return ""
    return codec.name


def _sign(text: str) -> str:
    sign = ESCAPES.get(text, text)
    if len(sign) != 1:
        raise Refused("dataset.meta_unreadable", "file", name="meta.xml")
    return sign


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Refused("dataset.meta_unreadable", "file", name="meta.xml")
    return int(text)


@dataclass(frozen=True)
class Described:
    """Title, licence and creator of a dataset; "" where its metadata have none."""

    title: str = ""
    licence: str = ""
    rights_holder: str = ""


def read_eml(text: bytes) -> Described:
    """Title, licence and creator in an EML, all "" where it is not one.

    Raises `Refused("dataset.xml_entities")`.
    """
    try:
        root = parse(text, "eml.xml")
    except Refused as refused:
        if refused.code == "dataset.xml_entities":
            raise
        return Described()
    return Described(
        title=_words(root.find("./dataset/title")),
        licence=_words(root.find("./dataset/intellectualRights")),
        rights_holder=_words(root.find("./dataset/creator/organizationName")),
    )


def _words(part: Element | None) -> str:
    """All text of an element, with the addresses of links, in one line."""
    if part is None:
        return ""
    links = [link.get("url", "") for link in part.iter("ulink")]
    return " ".join(" ".join([*part.itertext(), *links]).split())
