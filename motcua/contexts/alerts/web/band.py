"""Dải cảnh báo: the brick-coloured strip above every page, from memory alone."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.alerts import public
from motcua.contexts.alerts.contracts import AlertView, Status
from motcua.contexts.alerts.rules import words
from motcua.kernel import clock
from motcua.ui import dates
from motcua.ui.parts import Band
from motcua.ui.words import language

HOMES = frozenset({"/", "/ban"})  # where warnings that are no emergency are shown, too


def band_of(request: HttpRequest) -> Band | None:
    """What to do first, where, until when, who says so since when; None while all is quiet."""
    shown = [one for one in public.in_force(clock.now()) if _is_shown(one, request.path)]
    if not shown:
        return None
    first = shown[0]
    said = first.said(language())
    return Band(
        title=words.first_to_do(said),
        exercise=exercise_of(first),
        text=f"{said.headline.rstrip('.')}.",
        where=said.area,
        until=until_of(first),
        source=source_of(first),
        url=f"/canh-bao/{first.code}",
        url_label=_("Xem đầy đủ việc cần làm"),
        more=_more(len(shown) - 1),
        more_url="/canh-bao" if len(shown) > 1 else "",
    )


def _is_shown(one: AlertView, path: str) -> bool:
    if one.status is Status.TEST or path.startswith(f"/canh-bao/{one.code}"):
        return False
    return one.is_life or path in HOMES


def exercise_of(one: AlertView) -> str:
    """The mark that nobody may miss; empty when it is meant."""
    marks = {
        Status.EXERCISE: _("Diễn tập, không có nguy hiểm thật"),
        Status.TEST: _("Thử kỹ thuật"),
    }
    return marks.get(one.status, "")


def headline_of(one: AlertView, language: str) -> str:
    """Marked in front when it is not meant."""
    mark, headline = exercise_of(one), one.said(language).headline
    return f"{mark}: {headline}" if mark else headline


def until_of(one: AlertView) -> str:
    if one.expires_at is None:
        return ""
    return _("Đến %(when)s") % {"when": dates.city_moment(one.expires_at)}


def source_of(one: AlertView) -> str:
    if one.released_at is None:
        return one.unit_name
    when = dates.city_moment(one.released_at)
    return _("Nguồn: %(unit)s, phát lúc %(when)s") % {"unit": one.unit_name, "when": when}


def _more(count: int) -> str:
    if not count:
        return ""
    said = ngettext("Và %(count)d cảnh báo khác", "Và %(count)d cảnh báo khác", count)
    return said % {"count": count}
