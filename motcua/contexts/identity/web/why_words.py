"""The words of «vì sao tôi thấy / không thấy»: the verdict and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.kernel.access import Asked
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clearance import NEEDS_CLEARANCE, WHERE_TO_CLEAR
from motcua.kernel.why import Why, verdict

ASKED: dict[Asked, str] = {
    Asked.OWN: "Chính chủ",
    Asked.MANDATE: "Ủy quyền",
    Asked.POST: "Vị trí",
    Asked.UNIT: "Đơn vị",
    Asked.COMPETENCE: "Thẩm quyền",
    Asked.WATCH: "Theo dõi",
    Asked.EMERGENCY: "Truy cập khẩn cấp",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The verdict in one line, why in one sentence, and what may be done."""

    title: str
    verdict: str
    steps: tuple[Step, ...]


def words_for(found: Why, actor: Actor) -> Words:
    sees = found.enters and found.sees is not False
    return Words(
        title=_("Vì sao tôi thấy trang này") if sees else _("Vì sao tôi không thấy trang này"),
        verdict=verdict(found),
        steps=tuple(_of_officer(found, actor) if actor.is_officer else _of_citizen(found, actor)),
    )


def _of_officer(found: Why, actor: Actor) -> Iterator[Step]:
    if not found.enters:
        yield Step(text="Cần làm việc này thì bạn nhờ trưởng phòng hoặc quản trị viên giao vị trí.")
    elif found.sees is False and found.policy:
        if found.policy.whom:
            yield Step(text=f"Bạn hỏi {found.policy.whom}.")
        yield Step(
            text="Người vắng mặt giao việc cho bạn thì bạn thấy việc của họ trong những ngày đó.",
            url="/ban/vang-mat",
            label="Vắng mặt",
        )
        if actor.has(Role.ADMINISTRATOR):
            yield Step(
                text="Hệ thống hỏng và phải đọc một hồ sơ để sửa thì mở có thời hạn, có báo cáo.",
                url="/quan-tri/khan-cap",
                label="Truy cập khẩn cấp",
            )
    if found.needs_reason:
        yield Step(text="Bạn mở trang và ghi lý do xem, lý do giữ 12 giờ và lưu trong sổ cái.")
    if found.policy and not actor.cleared_for >= NEEDS_CLEARANCE:
        yield Step(
            text="Phần nhạy cảm chỉ hiện khi tập huấn và cam kết còn hạn.",
            url=WHERE_TO_CLEAR,
            label="Cam kết của tôi",
        )


def _of_citizen(found: Why, actor: Actor) -> Iterator[Step]:
    if not found.enters:
        yield Step(text=_("Trang này dành cho cán bộ. Bạn không cần làm gì."))
        return
    if found.sees is False:
        if actor.mandate:
            yield Step(text=_("Việc của chính bạn thì bạn về «Việc của tôi» rồi mở lại."))
        else:
            yield Step(
                text=_("Bạn làm thay người khác thì chọn họ trước rồi mở lại."),
                url="/toi",
                label=_("Chọn người"),
            )
        yield Step(text=_("Bạn xem lại mã, hoặc gọi 1022 và đọc mã."))
    elif found.policy:
        yield Step(
            text=_("Cán bộ của cơ quan giải quyết cũng có thể xem. Mỗi lần xem đều được ghi lại."),
            url="/toi/ai-da-xem",
            label=_("Ai đã xem dữ liệu của tôi"),
        )
