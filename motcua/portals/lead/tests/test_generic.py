"""A dossier of the generic form counts like any other."""

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.board import refresh_board
from motcua.contexts.dossiers.contracts import Bucket, SubmitDossier
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import acting
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.testing import generic_answers, imported
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.kernel.testing import citizen

CODE = "9.998001"
RECORD = {
    "code": CODE,
    "name": "Xác nhận mẫu của phường",
    "level": "Cấp xã",
    "field": "Hộ tịch",
    "methods": [{"channel": "online", "time_value": 5, "time_unit": "working_day"}],
    "components": [{"name": "Giấy chứng minh hoàn cảnh (nếu có)", "copies": 1}],
    "executing_agency": "Ủy ban nhân dân cấp xã",
}


def waiting_by_field() -> dict[str, int]:
    leader = acting("thanh", city_date(clock.now()))
    refresh_board(now=clock.now())
    board = dossiers.board(leader, now=clock.now())
    return {one.field: one.counts[Bucket.WAITING_RECEPTION] for one in board.by_field}


def test_a_dossier_of_the_generic_form_counts_in_its_field(small_city):
    now = clock.now()
    imported([RECORD], now=now)
    before = waiting_by_field()
    tuyet = citizen(person=a_person().id)
    command = SubmitDossier(
        procedure_code=CODE,
        ward_code="26740",
        applicant_person_id=tuyet.person_id,
        answers=generic_answers(procedures.open_version(CODE, city_date(now))),
    )
    dossiers.submit(command, actor=tuyet, now=now)

    assert waiting_by_field() == before | {"ho_tich": before["ho_tich"] + 1}
