"""Sổ cái: signed heads, the check of the whole, and the proof of one leaf."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.exchange.contracts import neighbour_name
from motcua.kernel import anchors, checks, clock, exports, ledger, proofs
from motcua.kernel.access import route
from motcua.kernel.anchors import WitnessState
from motcua.kernel.checks import CheckView
from motcua.kernel.clock import city_date
from motcua.kernel.errors import Conflict
from motcua.kernel.proofs import HeadView, LeafView, Proof
from motcua.kernel.web import actor_of, as_file, page, redirect_after, uuid_of
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, moment, number, said
from motcua.portals.office.listing import (
    Listing,
    Row,
    Search,
    crumbs,
    exported,
    list_page,
    number_cell,
    shown,
)
from motcua.portals.office.saying import ago
from motcua.ui import dates
from motcua.ui.parts import Action, Alert, Cell, Chip, Crumb, Empty, Fact, FieldError, Tone
from motcua.ui.words import count, decimal

URL = f"{HERE}/so-cai"
ABOVE = (Crumb(label="Sổ cái", url=URL),)
EXPORTED = 5000
SHOWN = 16  # signs of a hash in a list; the file has them all
HEAD_HEADS = (
    ("Đầu sổ", False),
    ("Số lá", True),
    ("Ký lúc", False),
    ("Chữ ký", False),
    ("Gốc", False),
    ("Khóa", False),
)
LEAF_HEADS = (("Lá", False), ("Lúc", False), ("Việc", False), ("Về", False), ("Nội dung", False))
WRONG = {
    "altered leaf": "Lá bị sửa",
    "missing head": "Thiếu đầu sổ",
    "broken chain": "Đứt chuỗi đầu sổ",
    "bad signature": "Chữ ký sai",
}


PROBLEMS = {
    "down": "không trả lời",
    "refused": "từ chối",
    "fork": "đã thấy một sổ khác",
    "rollback": "đã thấy nhiều lá hơn sổ này",
    "inconsistent": "đã thấy một sổ khác",
    "another_key": "ký bằng khóa lạ",
    "other_ledger": "không nhận sổ này",
    "bad_countersignature": "chữ ký sai",
    "bad_signature": "không nhận chữ ký của sổ",
}


STAMP_PROBLEMS = {
    "down": "không trả lời",
    "refused": "từ chối",
    "wrong_nonce": "trả lời cho lần hỏi khác",
    "wrong_hash": "đóng dấu lên nội dung khác",
    "wrong_time": "giờ lệch quá 10 phút",
    "expired": "chứng thư hết hạn",
    "untrusted": "chứng thư không đáng tin",
    "bad_signature": "chữ ký sai",
}


class NotSealedYet(Conflict):
    sentence = "Lá này chưa được niêm phong. Bạn bấm lại sau vài giây."


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafPage:
    """The proof of one leaf in words, and its audit path."""

    title: str
    crumbs: tuple[Crumb, ...]
    verdict: Alert
    facts: tuple[Fact, ...]
    proof: tuple[Fact, ...]
    errors: tuple[FieldError, ...] = ()


@require_safe
@route(ADMINISTRATORS)
def heads(request: HttpRequest) -> HttpResponseBase:
    """Heads, newest first, and the last check of the whole."""
    before = number(request, "truoc")
    found = proofs.heads(before=before, limit=PAGE)
    older = str(found[-1].number) if len(found) == PAGE else ""
    listing = Listing(
        heads=HEAD_HEADS,
        rows=tuple(_head_row(head, short=True) for head in found),
        empty=Empty(title="Chưa có đầu sổ nào", text="Đầu sổ được ký mỗi giây khi có việc mới."),
        older_url=address("/so-cai", truoc=older) if older else "",
        first_url=URL if before is not None else "",
        export_url=f"{URL}/xuat.csv",
    )
    model = list_page(
        "Sổ cái",
        listing,
        note="Mỗi việc để lại một lá; các lá được ký thành đầu sổ. Sửa một lá thì gốc không khớp.",
        alert=_contradiction() or _alert(checks.latest()),
        facts=_witness_facts(clock.now()) if before is None else (),
        search=Search(url=f"{URL}/la", label="Số của lá, mã hồ sơ hoặc đối tượng", value=""),
        actions=(
            Action(
                label="Kiểm tra ngay",
                url=f"{URL}/kiem-tra",
                kind="primary",
                icon="shield-check",
                post=True,
            ),
            Action(label="Các lần neo", url=f"{URL}/neo.jsonl", icon="file-down"),
        ),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def anchored(request: HttpRequest) -> HttpResponseBase:
    """Our copy of what the witnesses signed, as `verify_ledger.py` reads it."""
    lines = (json.dumps(line) + "\n" for line in anchors.lines())
    name = f"neo-so-cai-{city_date(clock.now()):%Y%m%d}.jsonl"
    return as_file(StreamingHttpResponse(lines, content_type="application/jsonl"), name)


@require_safe
@route(ADMINISTRATORS)
def proof_file(request: HttpRequest, leaf_id: UUID) -> HttpResponseBase:
    """The proof of one leaf as a file. Raises: LeafNotFound, NotSealedYet."""
    found = exports.proof_file(leaf_id)
    if found is None:
        raise NotSealedYet
    answer = HttpResponse(exports.as_text(found), content_type="application/json")
    return as_file(answer, f"bang-chung-{leaf_id}.json")


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The newest heads as a file: whoever holds an old one can later prove what it said."""
    rows = tuple(map(_head_row, proofs.heads(limit=EXPORTED)))
    listing = Listing(heads=HEAD_HEADS, rows=rows, empty=Empty(title=""))
    return exported(f"dau-so-{city_date(clock.now()):%Y%m%d}.csv", listing)


@require_POST
@route(ADMINISTRATORS)
def check(request: HttpRequest) -> HttpResponseBase:
    """Check the whole ledger: at once when it is small, else by a job."""
    started = checks.start(actor=actor_of(request), now=clock.now())
    if started.small:
        while not checks.go_on(started.id, now=clock.now()):
            continue
        messages.success(request, "Đã kiểm tra xong.")
    else:
        messages.success(request, "Đang kiểm tra. Bạn mở lại trang này để xem tiến độ.")
    return redirect_after(URL)


@require_safe
@route(ADMINISTRATORS)
def find(request: HttpRequest) -> HttpResponseBase:
    """A leaf by its number, or every leaf about a subject."""
    words = said(request, "tim") or said(request, "ve")
    leaf_id = uuid_of(words)
    if leaf_id is not None:
        return redirect_after(f"{URL}/la/{leaf_id}")
    before = moment(request, "truoc")
    found = proofs.leaves_of(words, before=before, limit=PAGE) if words else ()
    older = found[-1].at.isoformat() if len(found) == PAGE else ""
    listing = Listing(
        heads=LEAF_HEADS,
        rows=tuple(map(_leaf_row, found)),
        empty=Empty(
            title="Không có lá nào",
            text="Gõ đúng mã, ví dụ mã hồ sơ H29.99-20261105-0000001, hoặc số của lá.",
            icon="search-x",
        ),
        older_url=address("/so-cai/la", ve=words, truoc=older) if older else "",
        first_url=address("/so-cai/la", ve=words) if before else "",
    )
    model = list_page(
        "Tìm trong sổ cái",
        listing,
        search=Search(url=f"{URL}/la", label="Số của lá, mã hồ sơ hoặc đối tượng", value=words),
        above=ABOVE,
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def leaf(request: HttpRequest, leaf_id: UUID) -> HttpResponseBase:
    """One leaf and its proof."""
    found, proof = proofs.leaf(leaf_id), proofs.proof_of(leaf_id)
    return page(request, "office/leaf.html", leaf_page(found, proof))


def leaf_page(found: LeafView, proof: Proof) -> LeafPage:
    title = "Một lá trong sổ cái"
    return LeafPage(
        title=title,
        crumbs=crumbs(*ABOVE, Crumb(label=title)),
        verdict=_verdict(proof),
        facts=(
            Fact(label="Số", value=str(found.id)),
            Fact(label="Lúc", value=dates.city_moment(found.at)),
            Fact(label="Việc", value=found.action),
            Fact(label="Về", value=found.subject, url=address("/so-cai/la", ve=found.subject)),
            Fact(label="Tài khoản", value=str(found.actor_id or "hệ thống")),
            Fact(label="Nội dung", value=_said(found.body)),
            Fact(label="Dấu của lá", value=found.digest),
        ),
        proof=_proof_facts(proof, found.id),
    )


def _verdict(proof: Proof) -> Alert:
    if not proof.intact:
        return Alert(
            title="Lá này đã bị sửa",
            text="Nội dung không cho ra dấu đã ghi. Báo ngay người chịu trách nhiệm an toàn.",
            tone=Tone.LATE,
        )
    if proof.head is None:
        return Alert(
            title="Chưa niêm phong", text="Lá mới được niêm phong trong vài giây.", tone=Tone.INFO
        )
    if not proof.holds:
        return Alert(
            title="Lá này không khớp với đầu sổ đã ký",
            text="Gốc tính lại khác gốc đã ký, hoặc chữ ký sai.",
            tone=Tone.LATE,
        )
    return Alert(
        title="Nguyên vẹn và có trong sổ đã ký",
        text="Nội dung cho ra đúng dấu của lá. Dấu của lá dẫn đến đúng gốc đã ký.",
        tone=Tone.OK,
    )


def _proof_facts(proof: Proof, leaf_id: UUID) -> tuple[Fact, ...]:
    if proof.head is None:
        return ()
    head = proof.head
    steps = "\n".join(proof.path) or "Lá này là lá duy nhất, không cần bước nào."
    return (
        Fact(
            label="Đầu sổ", value=f"số {count(head.number)}, ký {dates.city_moment(head.sealed_at)}"
        ),
        Fact(label="Vị trí", value=f"lá thứ {count(proof.position + 1)} trong {count(head.size)}"),
        Fact(label="Gốc đã ký", value=head.root),
        Fact(label="Chữ ký", value="đúng" if head.signed else "sai", note=f"khóa {head.key_id}"),
        Fact(label="Tệp", value="Tải bằng chứng", url=f"{URL}/la/{leaf_id}/bang-chung.json"),
        Fact(label=f"Đường dẫn, {count(len(proof.path))} bước", value=steps),
    )


def _contradiction() -> Alert | None:
    """A witness saw another past: the worst that this page can say."""
    wrong = [state for state in anchors.states() if state.contradicts]
    if not wrong:
        return None
    told = "; ".join(f"{neighbour_name(s.name)}: {PROBLEMS[s.problem]}" for s in wrong)
    return Alert(
        title="Sổ cái trái với nhân chứng",
        text=f"{told}. Báo ngay người chịu trách nhiệm an toàn, giữ nguyên cơ sở dữ liệu.",
        tone=Tone.LATE,
    )


def _witness_facts(now: datetime) -> tuple[Fact, ...]:
    """Who vouches for the ledger outside, up to where, and how long ago."""
    facts = [_witness_fact(state, now) for state in anchors.states()]
    facts.append(_stamp_fact(now))
    facts.append(Fact(label="Khóa của sổ", value=ledger.public_key().hex()))
    return tuple(facts)


def _stamp_fact(now: datetime) -> Fact:
    """The newest token, else since when there is none, and why."""
    state, value, notes = anchors.stamp_state(), "Chưa có dấu nào", []
    if state.last:
        value = f"{dates.city_moment(state.last.at)}, đầu sổ {count(state.last.number)}"
    if state.is_late(now) and state.waiting_since:
        notes.append(f"Chưa có dấu mới từ {dates.city_moment(state.waiting_since)}")
    if state.problem and state.tried_at:
        told = STAMP_PROBLEMS.get(state.problem, "không đọc được")
        notes.append(f"{told}, thử {ago(state.tried_at, now)}, sẽ thử lại")
    return Fact(label="Dấu thời gian", value=value, note="; ".join(notes))


def _witness_fact(state: WitnessState, now: datetime) -> Fact:
    value = "Chưa neo lần nào"
    if state.anchored_at:
        value = f"Neo {ago(state.anchored_at, now)}, đầu sổ {count(state.number)}"
    notes = [f"còn {count(state.behind)} lá chưa neo"] if state.behind else []
    if state.problem:
        tried = f"thử {ago(state.tried_at, now)}"
        notes.insert(0, f"{PROBLEMS.get(state.problem, 'không đọc được')}, {tried}")
    if state.is_late(now):
        notes.insert(0, "Chậm")
    if state.key:
        notes.append(f"khóa {state.key}")
    return Fact(label=neighbour_name(state.name), value=value, note="; ".join(notes))


def _alert(found: CheckView | None) -> Alert | None:
    if found is None:
        return Alert(title="Chưa kiểm tra lần nào", text="Bấm «Kiểm tra ngay» để tính lại mọi lá.")
    if found.ended_at is None:
        done = f"{count(found.leaves)} trong {count(found.size)} lá"
        share = decimal(100 * found.leaves / found.size) if found.size else "0"
        return Alert(title=f"Đang kiểm tra: {share}%", text=f"{done}. Bạn mở lại trang để xem.")
    said_of = f"{count(found.leaves)} lá, xong {dates.city_moment(found.ended_at)}."
    if not found.wrong:
        return Alert(title="Sổ cái nguyên vẹn", text=said_of, tone=Tone.OK)
    named = "; ".join(f"{WRONG.get(f.what, f.what)}: {f.where}" for f in found.findings[:10])
    return Alert(
        title=f"{count(found.wrong)} chỗ không khớp", text=f"{said_of} {named}", tone=Tone.LATE
    )


def _head_row(head: HeadView, *, short: bool = False) -> Row:
    good = Chip(label="Chữ ký đúng", tone=Tone.OK, icon="circle-check")
    bad = Chip(label="Chữ ký sai", tone=Tone.LATE, icon="triangle-alert")
    return (
        Cell(text=f"Đầu sổ {count(head.number)}"),
        number_cell(count(head.size)),
        Cell(text=dates.city_moment(head.sealed_at)),
        Cell(text="", chip=good if head.signed else bad),
        Cell(text=f"{head.root[:SHOWN]}…" if short else head.root),
        Cell(text=head.key_id),
    )


def _leaf_row(found: LeafView) -> Row:
    return (
        Cell(text=str(found.id), url=f"{URL}/la/{found.id}"),
        Cell(text=dates.city_moment(found.at)),
        Cell(text=found.action),
        Cell(text=found.subject),
        Cell(text=_said(found.body)),
    )


def _said(body: str) -> str:
    """The facts of a leaf: «size: 12; unit: …»."""
    try:
        facts = json.loads(body).get("facts", {})
    except ValueError:  # somebody changed the row: shown as it stands
        return body[:500]
    return "; ".join(f"{name}: {value}" for name, value in facts.items()) or "không có"
