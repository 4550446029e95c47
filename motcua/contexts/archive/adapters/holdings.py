"""Of a person: dossiers of theirs that were read back from a package, found by their number."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.archive.models import RestoredDossier
from motcua.contexts.identity import public as identity
from motcua.kernel.crypto import blind_indexes
from motcua.kernel.holdings import Held
from motcua.kernel.privacy import DataClass

NUMBERS = "archive.number"


class RestoredHeld:
    models = frozenset({"archive.RestoredDossier"})

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        number = identity.personal_number_of(person_id)
        if not number:
            return
        rows = RestoredDossier.objects.filter(number_index__in=blind_indexes(number, scope=NUMBERS))
        for row in rows.order_by("ended_at", "id"):
            yield Held(
                model="archive.RestoredDossier",
                title=_("Hồ sơ trong kho lưu trữ"),
                code=row.code,
                since=row.restored_at,
                values=tuple(_said(row)),
                data_class=DataClass(row.data_class),
            )


def _said(row: RestoredDossier) -> Iterator[tuple[str, str]]:
    yield _("Thủ tục"), row.procedure_name
    yield _("Người nộp"), row.applicant_name
    answers = row.content.get("answers")
    for answer in answers if isinstance(answers, list) else []:
        yield str(answer["question"]), str(answer["value"])
