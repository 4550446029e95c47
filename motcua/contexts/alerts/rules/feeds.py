"""RSS 2.0 and Atom 1.0 (RFC 4287): alerts for readers and for machines that fetch CAP."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from motcua.contexts.alerts.contracts import AlertView, Status
from motcua.contexts.alerts.rules.words import first_to_do

ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE = "application/cap+xml"
TITLES = {
    "vi": "Cảnh báo của Thành phố Hồ Chí Minh",
    "en": "Alerts of Ho Chi Minh City",
}
MARKS = {
    Status.EXERCISE: {"vi": "Diễn tập: ", "en": "Exercise: "},
    Status.TEST: {"vi": "Thử kỹ thuật: ", "en": "Technical test: "},
}
NEVER = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed without any entry


def rss(alerts: Sequence[AlertView], *, origin: str, language: str) -> str:
    """What a reader of news shows; each entry leads to the page of its alert."""
    ET.register_namespace("atom", ATOM)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _say(channel, "title", TITLES[language])
    _say(channel, "link", f"{origin}/canh-bao")
    _say(channel, "description", TITLES[language])
    _say(channel, "language", language)
    _say(channel, "lastBuildDate", format_datetime(_newest(alerts)))
    me = {"href": f"{origin}/canh-bao.rss", "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{ATOM}}}link", me)
    for one in alerts:
        item = ET.SubElement(channel, "item")
        _say(item, "title", title_of(one, language))
        _say(item, "link", f"{origin}/canh-bao/{one.code}")
        _say(item, "description", _summary(one, language))
        _say(item, "category", one.said(language).event)
        _say(item, "guid", f"{origin}/canh-bao/{one.code}")
        _say(item, "pubDate", format_datetime(one.released_at or NEVER))
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def atom(alerts: Sequence[AlertView], *, origin: str, language: str) -> str:
    """The index of CAP documents."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    _atom(root, "id", f"{origin}/canh-bao.atom")
    _atom(root, "title", TITLES[language])
    _atom(root, "updated", _newest(alerts).isoformat(timespec="seconds"))
    author = ET.SubElement(root, f"{{{ATOM}}}author")
    _atom(author, "name", TITLES[language])
    ET.SubElement(root, f"{{{ATOM}}}link", rel="self", href=f"{origin}/canh-bao.atom")
    for one in alerts:
        entry = ET.SubElement(root, f"{{{ATOM}}}entry")
        _atom(entry, "id", f"urn:uuid:{one.id}")
        _atom(entry, "title", title_of(one, language))
        _atom(entry, "updated", (one.released_at or NEVER).isoformat(timespec="seconds"))
        _atom(entry, "summary", _summary(one, language))
        page = {"rel": "alternate", "type": "text/html", "href": f"{origin}/canh-bao/{one.code}"}
        ET.SubElement(entry, f"{{{ATOM}}}link", page)
        document = f"{origin}/canh-bao/cap/{one.code}.xml"
        cap = {"rel": "enclosure", "type": CAP_TYPE, "href": document}
        ET.SubElement(entry, f"{{{ATOM}}}link", cap)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def title_of(one: AlertView, language: str) -> str:
    """Marked when it is not meant, or takes something back."""
    return MARKS.get(one.status, {}).get(language, "") + one.said(language).headline


def _summary(one: AlertView, language: str) -> str:
    said = one.said(language)
    return f"{first_to_do(said)} {said.area}. {one.unit_name}."


def _newest(alerts: Sequence[AlertView]) -> datetime:
    return max((one.released_at or NEVER for one in alerts), default=NEVER)


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _atom(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text
