"""The rules of CAP 1.2 as a reader checks them, written from the standard; says what is wrong."""

import re
from datetime import datetime

from defusedxml.ElementTree import fromstring

NS = "{urn:oasis:names:tc:emergency:cap:1.2}"
ALERT = (
    "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction",
    "addresses", "code", "note", "references", "incidents", "info",
)  # fmt: skip
INFO = (
    "language", "category", "event", "responseType", "urgency", "severity", "certainty",
    "audience", "eventCode", "effective", "onset", "expires", "senderName", "headline",
    "description", "instruction", "web", "contact", "parameter", "resource", "area",
)  # fmt: skip
AREA = ("areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling")
VALUES = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {
        "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport",
        "Infra", "CBRNE", "Other",
    },
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}  # fmt: skip
WANTED = {
    "alert": {"identifier", "sender", "sent", "status", "msgType", "scope"},
    "info": {"category", "event", "urgency", "severity", "certainty"},
    "area": {"areaDesc"},
}
REPEATED = {"info", "category", "area", "geocode", "polygon", "circle"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
NAME = re.compile(r"[^\s,<&]+")
LANGUAGE = re.compile(r"[a-z]{2}-[A-Z]{2}")


def parsed(document: str):
    return fromstring(document.encode())


def faults(document: str) -> list[str]:
    root = parsed(document)
    found = [] if root.tag == f"{NS}alert" else ["root"]
    found += _order(root, "alert", ALERT)
    found += [name for name in ("identifier", "sender") if not NAME.fullmatch(text(root, name))]
    found += _references(root)
    for info in root.iter(f"{NS}info"):
        found += _info(info)
    for one in root.iter():
        found += _value(one.tag.removeprefix(NS), (one.text or "").strip(), len(one))
    return found


def _references(root) -> list[str]:
    said = text(root, "references")
    if text(root, "msgType") in {"Update", "Cancel"} and not said:
        return ["references"]
    return [
        f"reference {one}"
        for one in said.split()
        for sender, code, sent in [one.split(",")]
        if not (NAME.fullmatch(sender) and NAME.fullmatch(code) and MOMENT.fullmatch(sent))
    ]


def _info(info) -> list[str]:
    found = _order(info, "info", INFO)
    if not LANGUAGE.fullmatch(text(info, "language")):
        found.append("language")
    begin, end = (datetime.fromisoformat(text(info, one)) for one in ("effective", "expires"))
    found += [] if begin < end else ["expires"]
    for area in info.iter(f"{NS}area"):
        found += _order(area, "area", AREA) + _shapes(area)
    return found


def _value(name: str, said: str, children: int) -> list[str]:
    found = []
    if name in VALUES and said not in VALUES[name]:
        found.append(f"{name}={said}")
    if name in {"sent", "effective", "onset", "expires"} and not MOMENT.fullmatch(said):
        found.append(f"{name}={said}")
    return found if said or children else [f"{name} is empty"]


def text(element, name: str) -> str:
    found = element.find(f"{NS}{name}")
    return "" if found is None else found.text or ""


def _order(element, what: str, order: tuple[str, ...]) -> list[str]:
    names = [one.tag.removeprefix(NS) for one in element]
    found = [f"{what}/{name}" for name in names if name not in order]
    if sorted(names, key=order.index) != names:
        found.append(f"{what} out of order")
    found += [f"{what} lacks {name}" for name in WANTED[what] - set(names)]
    return found + [
        f"{what} has two {name}" for name in set(names) - REPEATED if names.count(name) > 1
    ]


def _shapes(area) -> list[str]:
    found = []
    for one in area.iter(f"{NS}polygon"):
        points = one.text.split()
        if len(points) < 4 or points[0] != points[-1]:
            found.append("polygon")
        for point in points:
            lat, lon = map(float, point.split(","))
            if abs(lat) > 90 or abs(lon) > 180:
                found.append("polygon off the earth")
    for one in area.iter(f"{NS}circle"):
        centre, radius = one.text.split()
        if len(centre.split(",")) != 2 or float(radius) < 0:
            found.append("circle")
    return found
