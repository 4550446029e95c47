"""Every document we can make obeys the standard, whatever an officer types."""

import unicodedata
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.alerts.contracts import (
    AlertMalformed,
    AlertView,
    Area,
    Certainty,
    Kind,
    Point,
    Severity,
    State,
    Status,
    Urgency,
    Words,
)
from motcua.contexts.alerts.rules import cap, feeds, words
from motcua.contexts.alerts.rules.templates import TEXTS, templates
from motcua.contexts.alerts.tests.cap_rules import NS, faults, parsed, text
from motcua.kernel.testing import MONDAY_9AM

NOW = MONDAY_9AM
RING = tuple(
    Point(lat=lat, lon=lon)
    for lat, lon in ((10.7, 106.6), (10.8, 106.6), (10.8, 106.7), (10.7, 106.6))
)
AREAS = st.sampled_from(
    [Area(), Area(ring=RING), Area(centre=Point(lat=10.7, lon=106.7), radius_km=2)]
)
TYPED = st.text(min_size=1, max_size=160)


def a_view(**other):
    said = Words(
        event="Ngập", headline="Nước dâng", description="Ngập", instruction="Lên cao.", area="Quận"
    )
    return AlertView(**{
        "id": UUID(int=1), "code": "CB-20261123-090000-abc123", "status": Status.ACTUAL,
        "kind": Kind.ALERT, "state": State.RELEASED, "ended_as": None, "category": "Met",
        "urgency": Urgency.IMMEDIATE, "severity": Severity.SEVERE,
        "certainty": Certainty.OBSERVED, "words": {"vi": said, "en": said}, "contact": "1022",
        "wards": ("26740",), "area": Area(), "unit_id": UUID(int=2), "unit_name": "UBND phường",
        "template": "ngap", "version": 1, "hours": 6, "drafted_at": NOW, "released_at": NOW,
        "onset_at": None, "expires_at": NOW + timedelta(hours=6), "ended_at": None, **other,
    })  # fmt: skip


def document_of(view, *references):
    return cap.document(
        view, sender="H29.99.26740", page="https://x.example.vn/canh-bao/x", references=references
    )


@st.composite
def typed_words(draw):
    """What the checks let through of anything that can be typed."""
    texts = {one: {name: draw(TYPED) for name in TEXTS} for one in ("vi", "en")}
    try:
        return words.checked(texts)
    except AlertMalformed:
        return words.checked({one: templates()["chay"].texts[one] for one in ("vi", "en")})


@given(
    typed_words(), AREAS, st.sampled_from(Status), st.sampled_from(Kind),
    st.sampled_from(Urgency), st.sampled_from(Severity), st.sampled_from(Certainty),
    st.lists(st.sampled_from(["26740", "26743", "26734"]), unique=True),
    st.sampled_from([None, NOW + timedelta(hours=1)]),
)  # fmt: skip
def test_whatever_is_typed_the_document_obeys_the_standard(
    said, area, status, kind, urgency, severity, certainty, wards, onset
):
    view = a_view(
        words={one: Words(**said[one], area="Nơi") for one in ("vi", "en")},
        area=area, status=status, kind=kind, urgency=urgency, severity=severity,
        certainty=certainty, wards=tuple(wards), onset_at=onset,
    )  # fmt: skip
    earlier = cap.Reference(sender="H29", code="CB-1", sent=NOW)

    document = document_of(view, *([] if kind is Kind.ALERT else [earlier, earlier]))

    assert faults(document) == []
    infos = parsed(document).findall(f"{NS}info")
    assert [text(one, "headline") for one in infos] == [
        said[one]["headline"] for one in ("vi", "en")
    ]


@pytest.mark.parametrize("key", templates())
def test_every_template_is_whole_and_obeys_the_standard(key):
    kind = templates()[key]

    said = words.checked(kind.texts)
    view = a_view(
        words={one: Words(**said[one], area="Nơi") for one in ("vi", "en")}, category=kind.category
    )

    assert faults(document_of(view)) == []
    assert len(words.brief(view.said("vi"))) <= words.BRIEF


HOSTILE = [
    "</headline><status>Test</status><headline>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "<![CDATA[x]]> ]]> &amp; &#x0; <?xml?>",
    "\x00\x01\x0b\x85 nguy hiểm \ufffe\u202e",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_markup_in_a_text_stays_text(typed):
    texts = {one: {**templates()["chay"].texts[one], "headline": typed} for one in ("vi", "en")}
    said = words.checked(texts)
    view = a_view(words={one: Words(**said[one], area="Nơi") for one in ("vi", "en")})

    document = document_of(view)

    assert faults(document) == []
    root = parsed(document)
    assert text(root, "status") == "Actual"
    assert len(root.findall(f"{NS}status")) == 1
    for feed in (feeds.rss, feeds.atom):
        told = feed([view], origin="https://x.example.vn", language="vi")
        assert typed.split()[-1].strip("\ufffe\u202e")[:3] in "".join(parsed(told).itertext())


def test_letters_typed_in_parts_are_composed():
    typed = unicodedata.normalize("NFD", "Nước đang dâng, bạn lên chỗ cao")
    texts = {one: {**templates()["ngap"].texts[one], "headline": typed} for one in ("vi", "en")}

    assert words.checked(texts)["vi"]["headline"] == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("a" * 200, "tối đa 160"), ("", "Bạn ghi"), (" \u200e\x00 ", "Bạn ghi"), ("a\nb", "một dòng")],
)
def test_a_headline_that_no_phone_could_show_is_refused(typed, sentence):
    texts = {one: {**templates()["ngap"].texts[one], "headline": typed} for one in ("vi", "en")}

    with pytest.raises(AlertMalformed, match=sentence) as refused:
        words.checked(texts)

    assert refused.value.field == "headline_vi"


def test_both_languages_are_asked_for():
    with pytest.raises(AlertMalformed, match="tiếng Anh"):
        words.checked({"vi": templates()["ngap"].texts["vi"]})


def test_an_exercise_says_so_in_the_document():
    assert "Diễn tập" in text(parsed(document_of(a_view(status=Status.EXERCISE))), "note")
    assert text(parsed(document_of(a_view())), "note") == ""
