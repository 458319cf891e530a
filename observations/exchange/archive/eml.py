"""The metadata of the archive: EML 2.2 (https://eml.ecoinformatics.org), with GBIF's additions."""

from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from observations.base.wording import N_, translate
from observations.occurrences.darwin_core import LICENCE, NAME, dataset_name
from observations.places.districts import CITY_BOX

EML = "https://eml.ecoinformatics.org/eml-2.2.0"
LICENCE_NAME = "Creative Commons Attribution (CC-BY) 4.0 License"
ABOUT = N_(
    "杭州市民随手记录的野生动植物，经核实员看过后公开。珍稀物种、观察者要求隐藏地点的记录、"
    "没有认到种的记录，只公开固定网格的格心、月份，不公开记录人；最敏感的物种完全不公开。"
)
METHODS = N_(
    "用手机拍照或手写记录；位置来自照片、定位或地图；每条记录至少由一位核实员判断。"
    "identificationVerificationStatus 说明判断的结果。"
)
_RANGE = ("westBoundingCoordinate", "eastBoundingCoordinate")
_HEIGHT = ("northBoundingCoordinate", "southBoundingCoordinate")


@dataclass(frozen=True)
class About:
    """What the metadata say of the archive.

    The number of rows, whether any is generated, the first and last day, the site's address (""
    where none is set), and the day the archive was made.
    """

    rows: int
    is_demo: bool
    first_day: date | None
    last_day: date | None
    site: str
    made_on: date
    identifier: str


def eml_of(about: About) -> bytes:
    """The whole document in UTF-8."""
    register_namespace("eml", EML)
    root = Element(
        f"{{{EML}}}eml",
        {"packageId": about.identifier, "system": "https://www.gbif.org", "scope": "system"},
    )
    dataset = SubElement(root, "dataset")
    _add(dataset, "alternateIdentifier", about.identifier)
    _add(dataset, "title", dataset_name(about.is_demo))
    for role in ("creator", "metadataProvider"):
        _organisation(SubElement(dataset, role), about.site)
    _add(dataset, "pubDate", about.made_on.isoformat())
    _add(dataset, "language", "eng")
    _paragraphs(SubElement(dataset, "abstract"), ABOUT)
    _licence(dataset)
    _coverage(SubElement(dataset, "coverage"), about)
    _organisation(SubElement(dataset, "contact"), about.site)
    _organisation(SubElement(dataset, "publisher"), about.site)
    step = SubElement(SubElement(dataset, "methods"), "methodStep")
    _paragraphs(SubElement(step, "description"), METHODS)
    _for_gbif(root, about)
    indent(root)
    text: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return text


def _add(parent: Element, tag: str, text: str) -> Element:
    part = SubElement(parent, tag)
    part.text = text
    return part


def _organisation(party: Element, site: str) -> None:
    _add(party, "organizationName", f"{NAME} · {translate(NAME, 'en')}")
    if site:
        _add(party, "onlineUrl", site)


def _paragraphs(part: Element, words: str) -> None:
    """Paragraphs with the same text in Chinese and in English."""
    _add(part, "para", words)
    _add(part, "para", translate(words, "en"))


def _licence(dataset: Element) -> None:
    """The licence in the exact words that GBIF recognises, and as EML 2.2 has it."""
    para = _add(SubElement(dataset, "intellectualRights"), "para", "This work is licensed under a ")
    link = SubElement(para, "ulink", {"url": LICENCE + "legalcode"})
    _add(link, "citetitle", LICENCE_NAME)
    link.tail = "."
    licensed = SubElement(dataset, "licensed")
    _add(licensed, "licenseName", LICENCE_NAME)
    _add(licensed, "url", LICENCE)
    _add(licensed, "identifier", "CC-BY-4.0")


def _coverage(coverage: Element, about: About) -> None:
    place = SubElement(coverage, "geographicCoverage")
    _add(place, "geographicDescription", "Hangzhou, Zhejiang, China")
    box = SubElement(place, "boundingCoordinates")
    values = (CITY_BOX.west, CITY_BOX.east, CITY_BOX.north, CITY_BOX.south)
    for tag, value in zip((*_RANGE, *_HEIGHT), values, strict=True):
        _add(box, tag, f"{value:.4f}")
    if about.first_day and about.last_day:
        days = SubElement(SubElement(coverage, "temporalCoverage"), "rangeOfDates")
        _add(SubElement(days, "beginDate"), "calendarDate", about.first_day.isoformat())
        _add(SubElement(days, "endDate"), "calendarDate", about.last_day.isoformat())


def _for_gbif(root: Element, about: About) -> None:
    metadata = SubElement(SubElement(root, "additionalMetadata"), "metadata")
    gbif = SubElement(metadata, "gbif")
    _add(gbif, "dateStamp", f"{about.made_on.isoformat()}T00:00:00Z")
    _add(gbif, "hierarchyLevel", "dataset")
    title, year = dataset_name(about.is_demo), about.made_on.year
    _add(gbif, "citation", f"{title} ({year}). Occurrence dataset. {about.site}".strip())
