"""Tệp lịch: events as RFC 5545 writes them, so that every calendar program reads them alike.

Pure text: what an event is about is decided elsewhere. Lines end in CRLF and are folded at 75
octets between letters, never inside one. Times are those of the city, whose zone stands in the
file, for not every program knows its name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from motcua.kernel.clock import city_time

OCTETS = 75
ZONE = "Asia/Ho_Chi_Minh"
REFRESH = "PT6H"
LENGTH = timedelta(minutes=30)  # that a moment takes up in a calendar
DESCRIBED_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """at: a moment, or a whole day. sequence: grows with each change of what stands here.

    reminds: minutes before it that the program may ring, 0 for none.
    """

    uid: str
    at: datetime | date
    summary: str
    description: str
    url: str
    sequence: int
    cancelled: bool = False
    reminds: int = 0


def calendar_file(events: Iterable[CalendarEvent], *, name: str, now: datetime) -> str:
    """The whole file; the same events at the same moment give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mot Cua//Nghia vu//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        *DESCRIBED_ZONE,
    ]
    for event in events:
        lines.extend(_event(event, now))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(event: CalendarEvent, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from _when(event.at)
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    if event.reminds and not event.cancelled:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{event.reminds}M",
                    f"DESCRIPTION:{_text(event.summary)}", "END:VALARM")  # fmt: skip
    yield "END:VEVENT"


def _when(at: datetime | date) -> Iterator[str]:
    if isinstance(at, datetime):
        here = city_time(at)
        yield f"DTSTART;TZID={ZONE}:{here:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={ZONE}:{here + LENGTH:%Y%m%dT%H%M%S}"
        return
    yield f"DTSTART;VALUE=DATE:{at:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{at + timedelta(days=1):%Y%m%d}"


def _text(said: str) -> str:
    """The letters that mean something to a calendar, escaped; no control letters."""
    plain = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = plain.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(letter for letter in plain if letter >= " ")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets; each but the first begins with a blank."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > OCTETS:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += width
    yield piece
