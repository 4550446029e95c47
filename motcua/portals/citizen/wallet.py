"""Ví giấy tờ: signed results, to download, and a code with which anybody verifies them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, IssuedView
from motcua.kernel import clock
from motcua.kernel.access import citizens, route
from motcua.kernel.web import actor_of, page
from motcua.ui import dates
from motcua.ui.parts import Action, Chip, Empty, Fact, Tone
from motcua.ui.words import foreign

KINDS = (IssuedKind.RESULT, IssuedKind.CERTIFIED_COPY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One paper as a card. verify_url goes into the QR."""

    title: str
    state: Chip
    facts: tuple[Fact, ...]
    verify_url: str
    verify_code: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletPage:
    """What was decided, newest first; receipts and notices stay with their dossier."""

    results: tuple[Card, ...]
    empty: Empty


@route(citizens)
def wallet(request: HttpRequest) -> HttpResponseBase:
    issued = documents.wallet_of(actor_of(request), kinds=KINDS, now=clock.now())
    model = WalletPage(
        results=tuple(_card(paper) for paper in issued),
        empty=Empty(
            title=_("Ví chưa có giấy tờ nào"),
            text=_("Kết quả được ký số nằm ở đây ngay khi ban hành."),
            icon="wallet-cards",
            action=Action(label=_("Xem hồ sơ của tôi"), url="/ho-so"),
        ),
    )
    return page(request, "citizen/wallet.html", model)


def _card(paper: IssuedView) -> Card:
    return Card(
        title=paper.title,
        state=_state(paper),
        facts=tuple(_facts(paper)),
        verify_url=documents.verify_url(paper.verify_code),
        verify_code=paper.verify_code,
        actions=(
            Action(label=_("Tải về"), url=paper.file_url, icon="download", kind="primary"),
            Action(label=_("Xác minh"), url=f"/xac-minh/{paper.verify_code}", icon="badge-check"),
            *_sharing(paper),
            *_copying(paper),
            Action(label=_("Hồ sơ"), url=f"/ho-so/{paper.subject}", kind="quiet"),
        ),
    )


def _sharing(paper: IssuedView) -> tuple[Action, ...]:
    """Of a revoked paper only those who had it are told."""
    label = _("Xem liên kết đã chia sẻ") if paper.is_revoked else _("Chia sẻ")
    return (Action(label=label, url=f"/vi/{paper.id}/chia-se", icon="share-2"),)


def _copying(paper: IssuedView) -> tuple[Action, ...]:
    """Of a result in force; a copy is copied at the agency."""
    if paper.is_revoked or paper.kind != IssuedKind.RESULT:
        return ()
    return (Action(label=_("Xin bản sao"), url=f"/ho-so/{paper.subject}/ban-sao", icon="copy"),)


def _state(paper: IssuedView) -> Chip:
    if paper.is_revoked:
        return Chip(label=_("Đã thu hồi"), tone=Tone.LATE, icon="circle-x")
    return Chip(label=_("Có hiệu lực"), tone=Tone.OK, icon="circle-check")


def _facts(paper: IssuedView) -> list[Fact]:
    found = [
        Fact(label=_("Ký lúc"), value=dates.city_moment(paper.issued_at)),
        Fact(label=_("Người ký"), value=_signer(paper), language=foreign()),
        Fact(label=_("Cơ quan"), value=paper.unit_name, language=foreign()),
        Fact(label=_("Mã hồ sơ"), value=paper.subject, url=f"/ho-so/{paper.subject}"),
    ]
    if paper.is_revoked:
        found.append(Fact(label=_("Lý do thu hồi"), value=paper.revoked_reason, language=foreign()))
    return found


def _signer(paper: IssuedView) -> str:
    return f"{paper.signer_name}, {paper.signer_position}"
