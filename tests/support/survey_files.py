"""Files of survey rows, made by the tests: good ones, and ones broken in every way."""

import csv
import io
import zipfile
from pathlib import Path

HEADER = ["occurrenceID", "scientificName", "decimalLatitude", "decimalLongitude", "eventDate"]
HERON = ["HZ-1", "Nycticorax nycticorax (Linnaeus, 1758)", "30.2694", "120.0631", "2023-05-09"]
PHEASANT = ["HZ-2", "Syrmaticus ellioti", "30.2113", "119.4867", "2023-04-17"]  # category 2
UNLISTED = ["HZ-3", "Nicrophorus concolor", "30.34", "119.43", "2022"]
ROWS = [HERON, PHEASANT, UNLISTED]
META = """<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">
  <core encoding="UTF-8" fieldsTerminatedBy="," linesTerminatedBy="\\n" fieldsEnclosedBy='"'
    ignoreHeaderLines="1" rowType="http://rs.tdwg.org/dwc/terms/Occurrence">
    <files><location>occurrence.csv</location></files><id index="0"/>{fields}
  </core>{extension}</archive>"""
PHOTOS = """<extension encoding="UTF-8" fieldsTerminatedBy="," linesTerminatedBy="\\n"
    ignoreHeaderLines="0" rowType="http://rs.gbif.org/terms/1.0/Multimedia">
    <files><location>multimedia.csv</location></files><coreid index="0"/>
    <field index="1" term="http://purl.org/dc/terms/identifier"/></extension>"""
EML = """<eml:eml xmlns:eml="https://eml.ecoinformatics.org/eml-2.2.0"><dataset>
  <title>Beetles of Tianmu</title><creator><organizationName>Tianmu Station</organizationName>
  </creator><intellectualRights><para>This work is licensed under a <ulink
  url="http://creativecommons.org/licenses/by/4.0/legalcode"><citetitle>CC BY</citetitle></ulink>
  </para></intellectualRights></dataset></eml:eml>"""


def table(rows: list[list[str]], header: list[str] | None = None) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header or HEADER, *rows])
    return text.getvalue()


def meta(extension: str = "") -> str:
    """A meta.xml of these columns."""
    fields = "".join(
        f'<field index="{k}" term="http://rs.tdwg.org/dwc/terms/{term}"/>'
        for k, term in enumerate(HEADER)
    )
    return META.format(fields=fields, extension=extension)


def csv_file(
    folder: Path,
    rows: list[list[str]] | None = None,
    header: list[str] | None = None,
    encoding: str = "utf-8",
    name: str = "survey.csv",
) -> Path:
    """A CSV file."""
    path = folder / name
    path.write_bytes(table(ROWS if rows is None else rows, header).encode(encoding))
    return path


def archive(folder: Path, name: str = "survey.zip", **members: str | bytes | None) -> Path:
    """A Darwin Core Archive; `members` are added to it or replace its own.

    They are named with `_` for the dot; `meta_xml=None` leaves that file out.
    """
    contents: dict[str, str | bytes | None] = {
        "meta_xml": meta(),
        "eml_xml": EML,
        "occurrence_csv": table(ROWS),
        **members,
    }
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, text in contents.items():
            if text is not None:
                packed.writestr(member.replace("_", "."), text)
    return path
