"""Stretches of the way through the desks that several journeys walk."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from e2e.journeys.officer import Officer
from e2e.journeys.passing import the_silent_stay_silent

CallOfficer = Callable[[str], Officer]
POLICE = "26740.5-tp1"  # who answers for the police of the ward
WAITING, SILENT = "Đang chờ trả lời", "Quá hạn, không trả lời"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """Who handles a kind of matter at the ward: user names, and the officer's full name."""

    head: str
    officer: str
    officer_name: str


CIVIL_STATUS = Handling(head="nghia", officer="bao", officer_name="Lê Quốc Bảo")
BUILDING = Handling(head="linh", officer="phat", officer_name="Huỳnh Tấn Phát")


def received(receiver: Officer, code: str) -> str:
    """Found in the inbox and received; the words of Form 01."""
    assert receiver.sees_in_inbox(code)
    receiver.opens_dossier(code)
    receiver.does("Tiếp nhận")
    receiver.opens_dossier(code, tab="van-ban")
    return receiver.letter("Giấy tiếp nhận")


def assigned(head: Officer, code: str, to: Handling) -> None:
    assert head.sees_in_inbox(code)
    head.opens_dossier(code)
    head.asks("Phân công", {"Giao cho": to.officer_name})


def one_answers_one_is_silent(asker: Officer, code: str, call: CallOfficer) -> None:
    """Two units are asked side by side; until both are done the step waits."""
    asker.opens_dossier(code)
    asker.asks("Xin ý kiến", {"Cần hỏi điều gì": "Địa chỉ này có vướng gì không?"})
    asker.opens_dossier(code, tab="y-kien")
    expect(asker.page.get_by_text(WAITING, exact=True)).to_have_count(2)
    police = call(POLICE)
    police.opens_dossier(code)
    police.answers("Đồng ý", "Không vướng gì.")
    asker.opens_dossier(code, tab="y-kien")
    expect(asker.page.get_by_text(WAITING, exact=True)).to_have_count(1)
    assert not asker.may("Trình trưởng phòng")
    assert the_silent_stay_silent(asker.city, code) == 1
    asker.opens_dossier(code, tab="y-kien")
    expect(asker.page.get_by_text(SILENT)).to_be_visible()


def decided(code: str, officer: Officer, head: Officer, call: CallOfficer) -> None:
    """Proposed, agreed, signed, sealed."""
    officer.opens_dossier(code)
    officer.does("Trình trưởng phòng")
    head.opens_dossier(code)
    head.does("Đồng ý, trình ký")
    signer = call("van")
    signer.opens_dossier(code)
    signer.does("Ký")
    clerk = call("ha")
    clerk.opens_dossier(code)
    clerk.does("Phát hành")
