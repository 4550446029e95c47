"""Kết quả tìm: what one wants to know of a procedure before opening its page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import ComponentView, Hit, VersionView
from motcua.portals.citizen import saying
from motcua.ui.parts import Chip, Tone

_NUMBERED = re.compile(r"^(?:\d{1,2}|[a-zđ])\s*[.)]\s+")  # lists of the national catalogue
SHOWN = 2  # papers named in a line; the rest is a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One procedure in a list: enough to know whether it is the right one.

    papers: names of some, in their language; more: how many others. held: the city has these.
    """

    name: str
    language: str
    url: str
    code: str
    field: str
    field_language: str
    who: str
    who_language: str
    decides: str
    duration: str
    fee: str
    papers: tuple[str, ...]
    papers_language: str
    more: str
    held: str
    chip: Chip


def results_of(hits: Sequence[Hit]) -> tuple[Result, ...]:
    versions = procedures.versions(hit.version_id for hit in hits)
    return tuple(_result(hit, version) for hit, version in zip(hits, versions, strict=True))


def _result(hit: Hit, version: VersionView) -> Result:
    english = saying.in_english()
    words = version.texts.in_language("en" if english else "vi")
    needed = [one for one in version.components if one.required and not _is_held(one)]
    shown = needed[:SHOWN]
    names_english = english and all(one.name_en for one in shown)
    return Result(
        name=saying.name_of(hit),
        language=saying.language_of(hit),
        url=f"/thu-tuc/{hit.code}",
        code=hit.code,
        field=hit.field,
        field_language="vi" if english else "",
        who=words.for_whom or ", ".join(version.audience),
        who_language="vi" if english and words is not version.texts.en else "",
        decides=saying.level_words(version.levels),
        duration=saying.shortest(version.durations),
        fee=saying.fee_summary(version.fees),
        papers=tuple(bare_name(saying.name_of(one)) for one in shown),
        papers_language="vi" if english and not names_english else "",
        more=_more(len(needed) - len(shown)),
        held=_held(sum(map(_is_held, version.components))),
        chip=_chip(hit),
    )


def bare_name(name: str) -> str:
    """A paper without its number in the list."""
    return _NUMBERED.sub("", name).rstrip(" .;")


def _is_held(component: ComponentView) -> bool:
    return bool(component.filled_here or component.replaced_by)


def _more(number: int) -> str:
    if number < 1:
        return ""
    return ngettext("và %(n)s giấy tờ khác", "và %(n)s giấy tờ khác", number) % {"n": number}


def _held(number: int) -> str:
    if not number:
        return ""
    said = ngettext("%(n)s giấy tờ bạn không phải nộp", "%(n)s giấy tờ bạn không phải nộp", number)
    return said % {"n": number}


def _chip(hit: Hit) -> Chip:
    if hit.is_runnable:
        return Chip(label=_("Nộp được ở đây"), tone=Tone.GO, icon="send")
    return Chip(label=_("Xem hướng dẫn"), icon="info")
