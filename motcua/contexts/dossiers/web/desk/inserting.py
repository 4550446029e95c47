"""Chèn câu có sẵn: the chooser of a form, and the typed words with a sentence put in.

The server fills the sentence for the open dossier and shows the form again: nothing is sent that
its writer has not read.
"""

import re
from dataclasses import replace

from django.http import HttpRequest, QueryDict

from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.dossiers.contracts.library import TextNotChosen
from motcua.contexts.dossiers.queries import library
from motcua.contexts.dossiers.web.desk.choosing import Chooser
from motcua.contexts.dossiers.web.desk.deciding import ActionForm
from motcua.contexts.dossiers.web.desk.items import choices_of
from motcua.kernel import clock
from motcua.kernel.web import actor_of
from motcua.ui.parts import Compose, Option

TARGET = re.compile(r"reason|note|question|text|why_again|item\.\d{1,2}\.(?:why|how)")
OF_ROW = {"why": "chưa được vì sao", "how": "sửa thế nào"}


def with_chooser(
    request: HttpRequest, form: ActionForm | None, error: str = ""
) -> ActionForm | None:
    """The form with the library beside its boxes; without, where it has none or one has none."""
    targets = tuple(_targets(form)) if form else ()
    texts = names_of(request) if targets else ()
    if form is None or not texts:
        return form
    typed = request.POST
    chooser = Chooser(
        texts=texts,
        targets=targets,
        chosen=typed.get("sentence", "") if error else "",
        into=typed.get("into", ""),
        at=typed.get("into", "") if "insert" in typed and not error else "",
        error=error,
    )
    return replace(form, chooser=chooser)


def names_of(request: HttpRequest) -> tuple[str, ...]:
    found = library.texts_of(actor_of(request), now=clock.now())
    return tuple(one.label for one in found)


def _targets(form: ActionForm) -> list[Option]:
    rows = [
        Option(value=f"item.{row.number}.{part}", label=f"{row.title}: {label}")
        for row in form.rows
        for part, label in OF_ROW.items()
    ]
    asked = [
        Option(value=question.key, label=question.label)
        for question in form.questions
        if question.type == "long_text" and TARGET.fullmatch(question.key)
    ]
    return rows + asked


def inserted(request: HttpRequest, view: DeskView) -> QueryDict:
    """What was typed and the chosen sentence behind it. Raises: as `library.filled_text`."""
    typed = request.POST.copy()
    into = typed.get("into", "")
    if not TARGET.fullmatch(into):
        raise TextNotChosen(field="sentence")
    about = _about(view, typed, into)
    said = library.filled_text(
        typed.get("sentence", ""), view, about, actor_of(request), now=clock.now()
    )
    typed[into] = "\n".join(filter(None, (typed.get(into, "").strip(), said)))
    return typed


def _about(view: DeskView, typed: QueryDict, into: str) -> str:
    """The paper or question of the row, where the box belongs to one."""
    if not into.startswith("item."):
        return ""
    about = typed.get(f"{into.rpartition('.')[0]}.about", "")
    choices = choices_of(view)
    return next((o.label for o in (*choices.papers, *choices.questions) if o.value == about), "")


def compose(request: HttpRequest, url: str, *, typed: str = "") -> Compose:
    """Where one writes to the applicant."""
    return Compose(url=url, label="Nhắn cho người nộp", value=typed, sentences=names_of(request))
