"""Papers are measured on their pages; what is set otherwise than the decree says is named."""

from dataclasses import replace
from functools import cache

import pytest

from motcua.contexts.documents import public
from motcua.contexts.documents.adapters import seals
from motcua.contexts.documents.adapters.measuring_pages import measured
from motcua.contexts.documents.contracts.layout import Meant, Outcome
from motcua.contexts.documents.rules import layout, samples
from motcua.contexts.documents.rules.layout import Line, Sheet
from motcua.kernel.testing import MONDAY_9AM


@cache
def forms() -> dict[str, tuple[Meant, bytes]]:
    return {meant.name: (meant, pdf) for meant, pdf in public.sample_forms()}


def letter() -> tuple[Sheet, Meant]:
    meant, pdf = forms()["04"]
    return measured(pdf), meant


def faults(sheet: Sheet, meant: Meant) -> set[str]:
    return {one.part for one in layout.judge(sheet, meant) if one.outcome is Outcome.FAULT}


def changed(sheet: Sheet, said: str, **other: object) -> Sheet:
    """The sheet with one line set otherwise."""
    lines = tuple(replace(one, **other) if one.text == said else one for one in sheet.lines)
    assert lines != sheet.lines
    return replace(sheet, lines=lines)


@pytest.mark.parametrize(
    ("text", "other", "part"),
    [
        (layout.NATION, {"size": 11.0}, "QUOC_HIEU"),
        (layout.NATION, {"bold": False}, "QUOC_HIEU"),
        (layout.MOTTO, {"italic": True}, "TIEU_NGU"),
        ("THÀNH PHỐ HỒ CHÍ MINH", {"bold": True}, "CO_QUAN_TREN"),
        ("PHƯỜNG SÀI GÒN", {"bold": False}, "CO_QUAN"),
        ("Số: 12/TB", {"size": 12.0}, "SO_KY_HIEU"),
        ("Thành phố Hồ Chí Minh, ngày 23 tháng 11 năm 2026", {"italic": False}, "DIA_DANH"),
        ("PHÓ CHỦ TỊCH", {"size": 15.0}, "CHUC_VU"),
        ("Đỗ Thanh Vân", {"bold": False}, "HO_TEN"),
        ("- Như trên;", {"size": 13.0}, "DANH_SACH"),
        (layout.SIGNED, {"y": 230.0}, "CHU_KY"),
        ("Ông/Bà:", {"x": 24.0}, "LE_TRAI"),
        ("Ông/Bà:", {"right": 200.0}, "LE_PHAI"),
        ("Ông/Bà:", {"family": "Arial"}, "PHONG_LA"),
    ],
)
def test_what_is_set_otherwise_is_named(text, other, part):
    sheet, meant = letter()

    found = faults(changed(sheet, text, **other), meant)

    assert found == {part}


def test_a_missing_component_is_a_fault():
    sheet, meant = letter()
    without = replace(sheet, lines=tuple(x for x in sheet.lines if x.text != layout.NATION))

    assert faults(without, meant) == {"QUOC_HIEU"}


def test_a_number_on_the_first_page_is_a_fault():
    sheet, meant = letter()
    number = Line(
        text="1", page=1, x=104.0, y=14.0, right=106.0, size=13.0, family="LibertinusSerif",
        bold=False, italic=False,
    )  # fmt: skip

    found = faults(replace(sheet, pages=2, lines=(number, *sheet.lines)), meant)

    assert "SO_TRANG" in found


def test_a_reason_that_nothing_needs_is_a_fault():
    sheet, meant = letter()

    found = layout.judge(sheet, replace(meant, name="06"))

    [paper] = [one for one in found if one.part == "KHO_GIAY"]
    assert paper.outcome is Outcome.FAULT
    assert "bỏ lý do" in paper.said


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "06", "07"])
def test_every_form_holds_or_says_why_not(number):
    meant, pdf = forms()[number]

    found = public.judge_layout(pdf, meant)

    assert [one for one in found if one.outcome is Outcome.FAULT] == []


def test_a_second_page_is_numbered_and_the_first_is_not():
    meant, pdf = forms()["02"]

    [numbered] = [one for one in public.judge_layout(pdf, meant) if one.part == "SO_TRANG"]

    assert numbered.outcome is Outcome.HOLDS
    assert measured(pdf).pages > 1


def test_the_seal_comes_over_the_left_third_of_the_signature():
    sheet, _meant = letter()
    _meant, pdf = forms()["04"]
    mark = next(one for one in sheet.lines if one.text == layout.SIGNED)

    seal = seals.seal_for(pdf, "Ủy ban nhân dân Phường Sài Gòn", MONDAY_9AM)

    left, bottom, right, top = (edge * 25.4 / 72 for edge in seal.box)
    assert right - left == pytest.approx(35, abs=0.5)
    assert top - bottom == pytest.approx(35, abs=0.5)
    assert left < mark.x < right
    assert bottom < sheet.height - mark.y < top


def test_a_paper_without_a_seen_signature_gets_no_seen_seal():
    blank = next(form for form in samples.filled_forms() if form.number == "07")

    pdf = public.render_official_form("07", blank)

    assert seals.seal_for(pdf, "Ủy ban nhân dân", MONDAY_9AM) is None
