"""Packages for the e-archive: E-ARK CSIP/SIP 2.1.0 (in Sweden FGS Paketstruktur 2.0), as one zip file.

A package holds one representation. Each record is an XML file of our own schema, which lies in the
package, with its attachments beside it. METS lists every file with size and SHA-256, so that the archive
can check what it received. The content type is declared as our own: mapping to CITS ERMS is not done.
"""

import datetime as dt
import hashlib
import mimetypes
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree as ET

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
RECORD = "urn:styrfart:record:1"
PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-1-0.xml"
CONTENT_TYPE = "styrfart-record-1"
REPRESENTATION = "representations/rep1"

SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{RECORD}" targetNamespace="{RECORD}"
           elementFormDefault="qualified">
  <xs:element name="record">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="title" type="xs:string"/>
        <xs:element name="created" type="xs:date"/>
        <xs:element name="state" type="xs:string"/>
        <xs:element name="secrecyGround" type="xs:string" minOccurs="0"/>
        <xs:element name="registryNumber" type="xs:string" minOccurs="0"/>
        <xs:element name="retention" type="xs:string"/>
        <xs:element name="field" minOccurs="0" maxOccurs="unbounded">
          <xs:complexType>
            <xs:simpleContent>
              <xs:extension base="xs:string">
                <xs:attribute name="name" type="xs:string" use="required"/>
                <xs:attribute name="label" type="xs:string" use="required"/>
              </xs:extension>
            </xs:simpleContent>
          </xs:complexType>
        </xs:element>
        <xs:element name="attachment" minOccurs="0" maxOccurs="unbounded">
          <xs:complexType>
            <xs:attribute name="href" type="xs:anyURI" use="required"/>
            <xs:attribute name="title" type="xs:string" use="required"/>
          </xs:complexType>
        </xs:element>
      </xs:sequence>
      <xs:attribute name="type" type="xs:string" use="required"/>
      <xs:attribute name="id" type="xs:string" use="required"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""


@dataclass(frozen=True)
class Attachment:
    """A file that belongs to a record."""

    name: str  # as it was uploaded
    title: str
    content: bytes


@dataclass(frozen=True)
class ArchiveRecord:
    """One record as it is handed to the archive."""

    type: str  # "decisions.decision"
    id: str
    title: str
    created: dt.date
    state: str
    retention: str
    fields: Sequence[tuple[str, str, str]]  # name, label, value
    secrecy_ground: str = ""
    registry_number: str = ""
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True)
class _Entry:
    """A file that lies in the package."""

    path: str
    size: int
    digest: str
    media_type: str


def write_package(
    target: BinaryIO, records: Iterable[ArchiveRecord], *, creator: str, system: str, created: dt.datetime
) -> int:
    """Write a package with `records` to `target`; returns how many there were.

    Records are streamed: only the list of files is held in memory.
    """
    name = f"styrfart-{uuid.uuid4()}"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        add = _Adder(package, name)
        schema = add(f"{REPRESENTATION}/schemas/record.xsd", SCHEMA.encode())
        data: list[_Entry] = []
        count = 0
        for count, record in enumerate(records, start=1):  # noqa: B007  # the count is the result
            data += _add_record(add, record)
        inner = _mets(
            name, "rep1", creator, system, created, {"Schemas": [schema], "Data": data}, REPRESENTATION
        )
        pointer = add(f"{REPRESENTATION}/METS.xml", inner)
        add(
            "METS.xml",
            _mets(
                name, name, creator, system, created, {"Representations/rep1": [pointer]}, "", is_root=True
            ),
        )
    return count


class _Adder:
    """Writes a file into the package under its root folder and tells what was written."""

    def __init__(self, package: zipfile.ZipFile, root: str) -> None:
        self.package, self.root = package, root

    def __call__(self, path: str, content: bytes) -> _Entry:
        self.package.writestr(f"{self.root}/{path}", content)
        media_type = "application/xml" if path.endswith((".xml", ".xsd")) else mimetypes.guess_type(path)[0]
        return _Entry(
            path, len(content), hashlib.sha256(content).hexdigest(), media_type or "application/octet-stream"
        )


def _add_record(add: _Adder, record: ArchiveRecord) -> list[_Entry]:
    folder = f"{REPRESENTATION}/data/{record.type}/{record.id}"
    root = ET.Element(f"{{{RECORD}}}record", {"type": record.type, "id": record.id})

    def child(tag: str, text: str, **attributes: str) -> None:
        ET.SubElement(root, f"{{{RECORD}}}{tag}", attributes).text = text

    child("title", record.title)
    child("created", record.created.isoformat())
    child("state", record.state)
    if record.secrecy_ground:
        child("secrecyGround", record.secrecy_ground)
    if record.registry_number:
        child("registryNumber", record.registry_number)
    child("retention", record.retention)
    for name, label, value in record.fields:
        child("field", value, name=name, label=label)
    entries: list[_Entry] = []
    for number, attachment in enumerate(record.attachments, start=1):
        suffix = attachment.name.rpartition(".")[2].lower()
        # Uploaded names are for people; in the package a name must be safe on every file system.
        href = f"{number:03}.{suffix if suffix.isascii() and suffix.isalnum() else 'bin'}"
        child("attachment", "", href=href, title=attachment.title)
        entries.append(add(f"{folder}/{href}", attachment.content))
    return [add(f"{folder}/record.xml", _xml(root, RECORD)), *entries]


def _mets(
    package: str,
    identifier: str,
    creator: str,
    system: str,
    created: dt.datetime,
    groups: dict[str, list[_Entry]],
    base: str,
    *,
    is_root: bool = False,
) -> bytes:
    """The METS file of the package or of its representation; paths are relative to `base`."""
    root = ET.Element(
        f"{{{METS}}}mets",
        {
            "OBJID": identifier,
            "TYPE": "OTHER",
            "PROFILE": PROFILE,
            "LABEL": package,
            f"{{{CSIP}}}OTHERTYPE": "Records",
            f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "OTHER",
            f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE": CONTENT_TYPE,
        },
    )
    moment = created.isoformat(timespec="seconds")
    header = ET.SubElement(
        root, f"{{{METS}}}metsHdr", {"CREATEDATE": moment, f"{{{CSIP}}}OAISPACKAGETYPE": "SIP"}
    )
    _agent(header, "CREATOR", "OTHER", system, note="SOFTWARE VERSION", othertype="SOFTWARE")
    _agent(header, "ARCHIVIST", "ORGANIZATION", creator)
    _agent(header, "CREATOR", "ORGANIZATION", creator)
    section = ET.SubElement(root, f"{{{METS}}}fileSec", {"ID": f"uuid-{uuid.uuid4()}"})
    outline = ET.Element(
        f"{{{METS}}}structMap", {"TYPE": "PHYSICAL", "LABEL": "CSIP", "ID": f"uuid-{uuid.uuid4()}"}
    )
    top = ET.SubElement(outline, f"{{{METS}}}div", {"LABEL": identifier, "ID": f"uuid-{uuid.uuid4()}"})
    ET.SubElement(top, f"{{{METS}}}div", {"LABEL": "Metadata", "ID": f"uuid-{uuid.uuid4()}"})
    for use, entries in groups.items():
        group_id = f"uuid-{uuid.uuid4()}"
        group = ET.SubElement(section, f"{{{METS}}}fileGrp", {"ID": group_id, "USE": use})
        div = ET.SubElement(top, f"{{{METS}}}div", {"LABEL": use, "ID": f"uuid-{uuid.uuid4()}"})
        if is_root:
            ET.SubElement(
                div,
                f"{{{METS}}}mptr",
                {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": entries[0].path,
                 f"{{{XLINK}}}title": group_id},
            )  # fmt: skip
        else:
            ET.SubElement(div, f"{{{METS}}}fptr", {"FILEID": group_id})
        for entry in entries:
            _file(group, entry, moment, entry.path.removeprefix(f"{base}/") if base else entry.path)
    root.append(outline)
    return _xml(root, METS)


def _agent(
    header: ET.Element, role: str, kind: str, name: str, *, note: str = "", othertype: str = ""
) -> None:
    attributes = {"ROLE": role, "TYPE": kind} | ({"OTHERTYPE": othertype} if othertype else {})
    agent = ET.SubElement(header, f"{{{METS}}}agent", attributes)
    title, _, version = name.partition(" ") if note else (name, "", "")
    ET.SubElement(agent, f"{{{METS}}}name").text = title
    if note:
        ET.SubElement(agent, f"{{{METS}}}note", {f"{{{CSIP}}}NOTETYPE": note}).text = version


def _file(group: ET.Element, entry: _Entry, moment: str, href: str) -> None:
    file = ET.SubElement(
        group,
        f"{{{METS}}}file",
        {
            "ID": f"uuid-{uuid.uuid4()}",
            "MIMETYPE": entry.media_type,
            "SIZE": str(entry.size),
            "CREATED": moment,
            "CHECKSUM": entry.digest,
            "CHECKSUMTYPE": "SHA-256",
        },
    )
    ET.SubElement(
        file, f"{{{METS}}}FLocat", {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": href}
    )


def _xml(root: ET.Element, default: str) -> bytes:
    """The element as a document; characters that XML does not allow are left out."""
    for element in root.iter():
        if element.text:
            element.text = "".join(
                c for c in element.text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff")
            )
    ET.register_namespace("", default)
    ET.register_namespace("xlink", XLINK)
    ET.register_namespace("csip", CSIP)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
