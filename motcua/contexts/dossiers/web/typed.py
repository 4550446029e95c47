"""Điều vừa gõ: one posted page of questions, read and saved."""

from base64 import b64encode
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView, Keep, SavedPage, Seen
from motcua.contexts.dossiers.rules import devices
from motcua.contexts.dossiers.web import pages, signing
from motcua.kernel import clock, idempotency
from motcua.kernel.db import Stale
from motcua.kernel.errors import NotFound
from motcua.kernel.forms import FieldType, Page, Question, point_in, raw_from_post
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of
from motcua.ui.maps import CITY, STEPS, USUAL

Raw = dict[str, object]
SHOWN = "seen"  # hidden field: what the page showed
WAYS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}
CHOSEN = "keep"  # keep.<question>: which of two answers


def page_of_form(draft: DraftView, page_key: str) -> Page:
    """Raises: NotFound for a page that the form does not have."""
    found = draft.version.form.page(page_key)
    if found is None:
        raise NotFound(_("Không có trang này trong biểu mẫu."))
    return found


def typed(request: HttpRequest, draft: DraftView, page_key: str) -> Raw:
    """What was posted to the questions of the page, with what only we can add to it.

    An old commune that became one new commune, or a place of another province; a point that a
    button moved; a drawn signature as a kept file. Raises: NotFound.
    """
    questions = page_of_form(draft, page_key).questions
    raw = raw_from_post(questions, dict(request.POST.lists()))
    for question in questions:
        value = raw.get(question.key)
        if question.type is FieldType.ADDRESS and isinstance(value, dict):
            raw[question.key] = with_new_ward(value, anywhere=question.anywhere)
        elif question.type is FieldType.MAP_POINT:
            raw |= moved_point(request, question.key, value)
        elif question.type is FieldType.SIGNATURE and isinstance(value, dict):
            raw[question.key] = signing.signed(request, draft, question.key, value)
    return raw


def with_new_ward(value: Raw, *, anywhere: bool = False) -> Raw:
    """Where the old name leaves no choice, nobody is asked."""
    old = str(value.get("old") or "").strip()
    options = pages.anywhere_options if anywhere else pages.became_options
    offered = [one.value for one in options(old)] if old else []
    became = value.get("became") if value.get("became") in offered else ""
    if len(offered) == 1 and not offered[0].startswith(":"):  # of a street nobody knows for sure
        became = offered[0]
    ward = str(became).rpartition(":")[2] or value.get("ward", "")
    return {**value, "became": became, "ward": ward} if offered else value


def moved_point(request: HttpRequest, key: str, value: object) -> Raw:
    """A button without script: `move` is «key:north»; the step stands in `key.step`."""
    pressed, _colon, way = request.POST.get("move", "").partition(":")
    if pressed != key or way not in WAYS:
        return {}
    here = point_in(str(value or ""))
    step = step_of(request, key)
    north, east = WAYS[way]
    moved = here.moved(north=north * step, east=east * step) if here else CITY
    return {key: str(moved)}


def step_of(request: HttpRequest, key: str) -> int:
    step = whole(request.POST.get(f"{key}.step", ""))
    return step if step in STEPS else USUAL


def save(request: HttpRequest, draft: DraftView, page_key: str, raw: Raw) -> SavedPage:
    """Saving a page is an overwrite: sent twice, or again after «Back», the last one holds.

    The page also saves itself while somebody types; who meets that save tries once more.
    """
    with idempotency.using(""):
        try:
            return _saved(request, draft.id, page_key, raw)
        except Stale:
            return _saved(request, draft.id, page_key, raw)


def _saved(request: HttpRequest, draft_id: UUID, page_key: str, raw: Raw) -> SavedPage:
    return dossiers.save_page(
        draft_id,
        page_key,
        raw,
        actor=actor_of(request),
        now=clock.now(),
        seen=_seen(request),
        wrong=frozenset(request.POST.getlist("wrong")),
    )


def _seen(request: HttpRequest) -> Seen:
    """What the posted page showed, and which answer was chosen where two devices differ."""
    begins = f"{CHOSEN}."
    return Seen(
        device=devices.of_session(request.session.session_key or ""),
        shown=devices.read(request.POST.get(SHOWN, "")),
        chosen={
            name.removeprefix(begins): Keep(value)
            for name, value in request.POST.items()
            if name.startswith(begins) and value in set(Keep)
        },
    )


def shown_now(draft: DraftView, questions: tuple[Question, ...]) -> str:
    """What the page keeps in its hidden field while it shows the draft as it is."""
    return devices.written((q.key for q in questions), draft.saved_version, draft.answers)


def shown_after(request: HttpRequest, saved: SavedPage) -> str:
    """The same for a page that stays open: what another device holds is not what it shows."""
    before = devices.read(request.POST.get(SHOWN, ""))
    return " ".join(
        f"{key}:{version}:{mark}"
        if key in saved.kept
        else devices.written((key,), saved.version, saved.answers)
        for key, (version, mark) in before.items()
    )


def seal_of(request: HttpRequest, draft: DraftView) -> str:
    """The key of what a tab keeps of this draft: the same after this person signs in again."""
    whose = f"{actor_of(request).account_id}/{draft.id}"
    key = salted_hmac("motcua.dossiers.kept", whose, algorithm="sha256").digest()
    return b64encode(key).decode()
