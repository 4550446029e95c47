"""What post holds about a person: consignments, originals, hand-overs."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.post.contracts import STATE_WORDS, HolderKind
from motcua.contexts.post.models import Consignment, CustodyStep, Original
from motcua.kernel.holdings import Held, coded

HOLDERS: dict[HolderKind, str] = {
    HolderKind.OWNER: "Chủ giấy tờ",
    HolderKind.DESK: "Quầy",
    HolderKind.POST: "Bưu chính",
}


class ParcelsHeld:
    """Where the post goes for somebody, and the papers of theirs that travelled."""

    models = frozenset({"post.Consignment", "post.Original", "post.CustodyStep"})

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        for parcel in Consignment.objects.filter(owner_id=person_id).order_by("asked_at", "id"):
            yield _parcel(parcel)
        for paper in Original.objects.filter(owner_id=person_id).order_by("since", "id"):
            yield _paper(paper)
            steps = CustodyStep.objects.filter(original=paper).order_by("serial")
            yield from (_step(step, paper) for step in steps)


def _parcel(row: Consignment) -> Held:
    home = row.home
    said = (
        (_("Người nhận"), str(home.get("recipient", ""))),
        (_("Số điện thoại"), str(home.get("phone", ""))),
        (_("Địa chỉ"), str(home.get("street", ""))),
        (_("Số hiệu bưu gửi"), row.tracking),
        (_("Trạng thái"), coded(row.state, STATE_WORDS)),
        (_("Người đã nhận"), row.taken_by or ""),
    )
    return Held(
        model="post.Consignment",
        title=_("Bưu gửi"),
        code=row.subject,
        since=row.asked_at,
        unit_id=row.unit_id,
        values=tuple((label, value) for label, value in said if value),
    )


def _paper(row: Original) -> Held:
    return Held(
        model="post.Original",
        title=_("Bản gốc"),
        code=row.subject,
        since=row.since,
        unit_id=row.holder_unit_id,
        values=((_("Giấy tờ"), row.label), (_("Ai đang giữ"), coded(row.holder, HOLDERS))),
    )


def _step(row: CustodyStep, paper: Original) -> Held:
    return Held(
        model="post.CustodyStep",
        title=_("Lần giao nhận bản gốc"),
        code=paper.subject,
        since=row.happened_at,
        values=((_("Người giao"), row.gave_name), (_("Người nhận"), row.took_name)),
    )
