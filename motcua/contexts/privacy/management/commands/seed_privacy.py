"""Sample requests about data, breaches and impact assessments, so that no page is empty."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.contexts.casework import public as casework
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy.actions import breaches, course, impacts, papers, requests
from motcua.contexts.privacy.contracts import (
    AskRight,
    Decide,
    RecordBreach,
    Right,
    SignImpact,
    Weighed,
)
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.rules import impacts as rules
from motcua.contexts.privacy.rules.activities import activities
from motcua.kernel import clock
from motcua.kernel.actors import Actor, ActorKind, Role
from motcua.kernel.clock import city_date
from motcua.kernel.console import progress

TUYET, KHOA = "079190999001", "079188999002"
NOT_SENT = ("trao-doi",)  # signed, waits to be sent
NOT_SIGNED = ("ky-thuat",)
SENT_DAYS_AGO = {"ho-so": 165}  # its renewal is near; the others were sent not long ago


@dataclass(frozen=True, slots=True)
class Sample:
    """A request of long ago or of now. refusal: reason and law; None: granted; "": still open."""

    number: str
    command: AskRight
    days_ago: int
    answered_after: int | None = None
    refusal: tuple[str, str] | None = None
    extended: str = ""


SAMPLES = (
    Sample(TUYET, AskRight(right=Right.ACCESS), 45, answered_after=6),
    Sample(
        KHOA,
        AskRight(right=Right.OBJECT, target="EMAIL", reason="Tôi chỉ dùng hộp thư trên web."),
        40,
        answered_after=9,
        refusal=(
            "Hồ sơ đang giải quyết phải báo kết quả qua thư điện tử mà bạn đã ghi.",
            "Nghị định 118/2025/NĐ-CP",
        ),
    ),
    Sample(
        KHOA,
        AskRight(
            right=Right.CORRECT,
            target="identity:full_name",
            wanted="Lê Minh Khoa (không có chữ Văn)",
            reason="Bản in thừa một chữ.",
        ),
        25,
        answered_after=3,
    ),
    Sample(KHOA, AskRight(right=Right.ACCESS, reason="Tôi cần xem nơi đã nhận dữ liệu."), 16),
    Sample(
        KHOA,
        AskRight(right=Right.DELETE, reason="Tôi không dùng bản nháp cũ nữa."),
        12,
        extended="Bản nháp nằm ở hai đơn vị, cần thêm thời gian đối chiếu.",
    ),
    Sample(
        TUYET,
        AskRight(right=Right.RESTRICT, target="SMS", reason="Tôi nhận tin trong hộp thư là đủ."),
        2,
    ),
)


class Command(BaseCommand):
    help = "Sample requests, breaches and assessments of data protection; safe to repeat."

    def handle(self, **options: Any) -> None:
        now = clock.now()
        if not settings.DEVELOPMENT_PASSWORD or DataRequest.objects.exists():
            return
        guard = _guard(now)
        if guard is None:
            return
        with progress(total=len(SAMPLES) + len(activities()), label="Bảo vệ dữ liệu") as bar:
            for sample in SAMPLES:
                _ask(sample, guard, now)
                bar.update(1)
            for one in activities():
                _assess(one.key, guard, now)
                bar.update(1)
        impacts.check(now=now)
        _breaches(guard, now)


def _guard(now: datetime) -> Actor | None:
    office, today = papers.office(now), city_date(now)
    for officer in organisations.holders_of(office.id, Role.DATA_PROTECTION, today):
        account_id = identity.accounts_of([officer.id]).get(officer.id)
        if account_id is not None:
            return identity.actor_at_work(account_id, assurance=2, mandate_id=None, now=now)
    return None


def _ask(sample: Sample, guard: Actor, now: datetime) -> None:
    person_id = identity.people_with_number(sample.number)[0]
    name = identity.names_of([person_id])[person_id]
    asked_at = now - timedelta(days=sample.days_ago)
    person = Actor(
        kind=ActorKind.CITIZEN, name=name, person_id=person_id, assurance=2, proven_at=asked_at
    )
    code = requests.ask(sample.command, actor=person, now=asked_at).code
    if sample.extended:
        due_at = casework.case(code).due_at
        assert due_at is not None
        until = city_date(due_at) + timedelta(days=10)
        at = asked_at + timedelta(days=4)
        course.extend(code, until=until, reason=sample.extended, actor=guard, now=at)
    if sample.answered_after is not None:
        reason, citation = sample.refusal or ("", "")
        answer = Decide(code=code, grant=sample.refusal is None, reason=reason, citation=citation)
        at = asked_at + timedelta(days=sample.answered_after)
        requests.decide(answer, actor=guard, now=at)


def _assess(key: str, guard: Actor, now: datetime) -> None:
    if key in NOT_SIGNED:
        return
    at = now - timedelta(days=SENT_DAYS_AGO.get(key, 40))
    activity = next(one for one in activities() if one.key == key)
    weighed = tuple(
        Weighed(key=r.key, likelihood=r.likelihood, severity=r.severity, measures=r.measures)
        for r in rules.risks_of(activity)
    )
    command = SignImpact(
        activity=key,
        risks=weighed,
        conclusion="Rủi ro còn lại ở mức chấp nhận được với các biện pháp đã nêu.",
        seen_print=rules.print_of(rules.draft(activity)),
    )
    impacts.sign(command, actor=guard, now=at)
    if key not in NOT_SENT:
        proof = f"Công văn mẫu 99/{key}"
        impacts.mark_sent(key, proof=proof, actor=guard, now=at + timedelta(hours=3))


def _breaches(guard: Actor, now: datetime) -> None:
    """One in its 72 hours, one that was told in time and closed."""
    old = RecordBreach(
        found_at=now - timedelta(days=30, hours=5),
        story="Một danh sách hẹn trả kết quả in nhầm cột điện thoại, dán ở quầy nửa giờ.",
        classes=("PERSONAL_BASIC",),
        activities=("ho-so",),
        affected=14,
        tells_persons=False,
    )
    at = now - timedelta(days=30)
    code = breaches.record_breach(old, actor=guard, now=at).code
    breaches.authority_told(code, proof="Công văn mẫu 98", actor=guard, now=at)
    breaches.close(code, note="Đã gỡ và hủy bản in.", actor=guard, now=at + timedelta(days=2))
    running = RecordBreach(
        found_at=now - timedelta(hours=20),
        story="Máy tính bảng của một quầy bị mất; máy có khóa, đang xác minh dữ liệu trong máy.",
        classes=("PERSONAL_BASIC", "PERSONAL_SENSITIVE"),
        activities=("ho-so", "giay-to"),
        affected=None,
        tells_persons=True,
    )
    breaches.record_breach(running, actor=guard, now=now - timedelta(hours=19))
