"""CAP 1.2: one alert as the document that operators, broadcasters and other cities read.

Standard: OASIS Common Alerting Protocol 1.2. Elements stand in its order; times bear a numeric
zone; coordinates are «lat,lon»; the last point of a polygon is its first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from motcua.contexts.alerts.contracts import AlertView, Area, Point, Status, Words
from motcua.kernel.clock import city_time

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
CODES = {"vi": "vi-VN", "en": "en-US"}
COMMUNE = "VN-commune"  # what the geocodes are: codes of communes as the state publishes them
EXERCISE = {
    Status.EXERCISE: "Diễn tập. Không có nguy hiểm thật. Exercise. There is no real danger.",
    Status.TEST: "Thử kỹ thuật. Technical test.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An earlier message of the chain."""

    sender: str
    code: str
    sent: datetime


def document(
    alert: AlertView, *, sender: str, page: str, references: Iterable[Reference] = ()
) -> str:
    """The XML text of a released alert. sender: code of the unit; page: address for people."""
    assert alert.released_at is not None
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_name("alert"))
    _say(root, "identifier", alert.code)
    _say(root, "sender", sender)
    _say(root, "sent", moment(alert.released_at))
    _say(root, "status", alert.status.value)
    _say(root, "msgType", alert.kind.value)
    _say(root, "scope", "Public")
    _say(root, "note", EXERCISE.get(alert.status, ""))
    said = (f"{one.sender},{one.code},{moment(one.sent)}" for one in references)
    _say(root, "references", " ".join(said))
    for language, words in alert.words.items():
        _info(root, alert, language, words, page)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _info(root: ET.Element, alert: AlertView, language: str, words: Words, page: str) -> None:
    info = ET.SubElement(root, _name("info"))
    _say(info, "language", CODES[language])
    _say(info, "category", alert.category)
    _say(info, "event", words.event)
    _say(info, "urgency", alert.urgency.value)
    _say(info, "severity", alert.severity.value)
    _say(info, "certainty", alert.certainty.value)
    for name, at in (
        ("effective", alert.released_at),
        ("onset", alert.onset_at),
        ("expires", alert.expires_at),
    ):
        _say(info, name, moment(at) if at else "")
    _say(info, "senderName", alert.unit_name)
    _say(info, "headline", words.headline)
    _say(info, "description", words.description)
    _say(info, "instruction", words.instruction)
    _say(info, "web", page)
    _say(info, "contact", alert.contact)
    _area(info, alert, words)


def _area(info: ET.Element, alert: AlertView, words: Words) -> None:
    area = ET.SubElement(info, _name("area"))
    _say(area, "areaDesc", words.area)
    _say(area, "polygon", polygon(alert.area))
    if alert.area.centre is not None:
        _say(area, "circle", f"{_pair(alert.area.centre)} {alert.area.radius_km}")
    for ward in alert.wards:
        code = ET.SubElement(area, _name("geocode"))
        _say(code, "valueName", COMMUNE)
        _say(code, "value", ward)


def polygon(area: Area) -> str:
    """«lat,lon lat,lon …»; empty without a ring."""
    return " ".join(_pair(point) for point in area.ring)


def _pair(point: Point) -> str:
    return f"{point.lat:.5f},{point.lon:.5f}"


def moment(at: datetime) -> str:
    """As CAP writes it: whole seconds and a numeric zone, never Z."""
    return city_time(at).replace(microsecond=0).isoformat()


def _say(parent: ET.Element, name: str, text: str) -> None:
    """An optional element is left out rather than sent empty."""
    if text:
        ET.SubElement(parent, _name(name)).text = text


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
