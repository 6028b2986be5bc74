"""The package for the e-archive lists exactly what it holds, and its records follow their schema."""

import datetime as dt
import hashlib
import io
import zipfile
from xml.etree import ElementTree as ET

from lxml import etree

from styrfart.shared.archive import (
    CSIP,
    METS,
    RECORD,
    SCHEMA,
    XLINK,
    ArchiveRecord,
    Attachment,
    write_package,
)

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def _record(**changes: object) -> ArchiveRecord:
    values: dict[str, object] = {
        "type": "decisions.decision",
        "id": "2026-41-1",
        "title": "Beslut 41:1",
        "created": dt.date(2026, 10, 8),
        "state": "completed",
        "retention": "bevaras",
        "fields": [("text", "Beslut", "Alla synpunkter får svar\x00 inom tio dagar & <inte> senare.")],
    }
    return ArchiveRecord(**{**values, **changes})  # type: ignore[arg-type]  # the values above are right


def _package(records: list[ArchiveRecord]) -> tuple[zipfile.ZipFile, str]:
    target = io.BytesIO()
    assert write_package(target, records, creator="Demostad", system="Styrfart 1.0", created=NOW) == len(
        records
    )
    package = zipfile.ZipFile(target)
    return package, package.namelist()[0].split("/")[0]


def test_every_file_is_listed_with_its_size_and_digest() -> None:
    package, root = _package(
        [_record(attachments=[Attachment("Kostnad 2026.PDF", "Kostnader", b"%PDF-1.7")])]
    )
    listed: dict[str, tuple[str, str]] = {}
    for folder in ("", "representations/rep1/"):
        tree = ET.fromstring(package.read(f"{root}/{folder}METS.xml"))
        for file in tree.iter(f"{{{METS}}}file"):
            place = file.find(f"{{{METS}}}FLocat")
            assert place is not None
            href = f"{root}/{folder}{place.attrib[f'{{{XLINK}}}href']}"
            listed[href] = (file.attrib["SIZE"], file.attrib["CHECKSUM"])
    held = {
        name: (str(len(package.read(name))), hashlib.sha256(package.read(name)).hexdigest())
        for name in package.namelist()
        if name != f"{root}/METS.xml"
    }
    assert listed == held


def test_a_record_follows_the_schema_in_the_package() -> None:
    package, root = _package([_record(secrecy_ground="OSL 39:2", registry_number="2026/12")])
    base = f"{root}/representations/rep1"
    schema = etree.XMLSchema(etree.fromstring(package.read(f"{base}/schemas/record.xsd")))
    document = etree.fromstring(package.read(f"{base}/data/decisions.decision/2026-41-1/record.xml"))
    schema.assertValid(document)
    assert package.read(f"{base}/schemas/record.xsd").decode() == SCHEMA
    field = document.find(f"{{{RECORD}}}field")
    assert field is not None
    assert field.text == "Alla synpunkter får svar inom tio dagar & <inte> senare."


def test_the_root_declares_profile_type_and_pointer_to_the_representation() -> None:
    package, root = _package([_record()])
    tree = ET.fromstring(package.read(f"{root}/METS.xml"))
    header = tree.find(f"{{{METS}}}metsHdr")
    pointer = tree.find(f".//{{{METS}}}mptr")
    assert header is not None
    assert pointer is not None
    assert tree.attrib["OBJID"] == root
    assert header.attrib[f"{{{CSIP}}}OAISPACKAGETYPE"] == "SIP"
    assert pointer.attrib[f"{{{XLINK}}}href"] == "representations/rep1/METS.xml"
    assert tree.attrib["PROFILE"].endswith("E-ARK-SIP-v2-1-0.xml")


def test_an_uploaded_name_cannot_leave_the_package() -> None:
    package, root = _package([_record(attachments=[Attachment("../../etc/pass.wd/..", "Elak", b"x")])])
    names = [name for name in package.namelist() if name.endswith(".bin")]
    assert names == [f"{root}/representations/rep1/data/decisions.decision/2026-41-1/001.bin"]
