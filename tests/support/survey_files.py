"""Files of survey rows, made by the tests: good ones, and ones broken in every way."""

import csv
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

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


def workbook(
    folder: Path, rows: list[list[object]], name: str = "survey.xlsx", sheets: int = 1
) -> Path:
    """An Excel workbook; `rows` stand on its last sheet, a remark on those before it."""
    path = folder / name
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    packages = "http://schemas.openxmlformats.org/package/2006"
    names = "".join(f'<sheet name="S{k}" sheetId="{k}" r:id="r{k}"/>' for k in range(1, sheets + 1))
    links = "".join(
        f'<Relationship Id="r{k}" Type="{relations}/worksheet" Target="worksheets/sheet{k}.xml"/>'
        for k in range(1, sheets + 1)
    )
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}/content-types">'
            '<Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="{kinds}.worksheet+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{names}</sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packages}/relationships">{links}</Relationships>',
        )
        for k in range(1, sheets + 1):
            body = _sheet(rows if k == sheets else [["remark"]])
            sheet = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
            packed.writestr(f"xl/worksheets/sheet{k}.xml", sheet)
    return path


def _sheet(rows: list[list[object]]) -> str:
    return "".join(
        f'<row r="{k}">{"".join(_cell(f"{chr(65 + c)}{k}", v) for c, v in enumerate(row))}</row>'
        for k, row in enumerate(rows, start=1)
    )


def _cell(place: str, value: object) -> str:
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
