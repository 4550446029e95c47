"""Điều vừa gõ: one posted page of questions, read and saved."""

from base64 import b64encode
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView, Keep, SavedPage, Seen
from motcua.contexts.dossiers.rules import devices
from motcua.kernel import clock, idempotency
from motcua.kernel.db import Stale
from motcua.kernel.errors import NotFound
from motcua.kernel.forms import Page, Question, raw_from_post
from motcua.kernel.web import actor_of

Raw = dict[str, object]
SHOWN = "seen"  # hidden field: what the page showed
CHOSEN = "keep"  # keep.<question>: which of two answers


def page_of_form(draft: DraftView, page_key: str) -> Page:
    """Raises: NotFound for a page that the form does not have."""
    found = draft.version.form.page(page_key)
    if found is None:
        raise NotFound(_("Không có trang này trong biểu mẫu."))
    return found


def typed(request: HttpRequest, draft: DraftView, page_key: str) -> Raw:
    """What was posted to the questions of the page. Raises: NotFound."""
    return raw_from_post(page_of_form(draft, page_key).questions, dict(request.POST.lists()))


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
        draft_id, page_key, raw, actor=actor_of(request), now=clock.now(), seen=_seen(request)
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
