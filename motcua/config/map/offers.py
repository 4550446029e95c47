"""What citizens can ask for, and the law each procedure stands on."""

from collections.abc import Iterable, Iterator

from motcua.config.map.marks import document, table
from motcua.contexts.procedures.contracts import Definition, DurationView
from motcua.services.loading import Loaded, load_services

CLICK = "../../motcua/services"


def services() -> tuple[Loaded, ...]:
    return tuple(sorted(load_services().services, key=lambda one: str(one.definition.code)))


def page() -> str:
    known = services()
    runnable = sum(one.definition.is_runnable for one in known)
    own = sum(one.definition.is_runnable and not one.definition.generic for one in known)
    return document(
        "Services",
        f"{len(known)} procedures of the repository, {runnable} of them can be filed here,"
        f" {own} with a form of their own. The mark says how sure code and numbers are; see"
        " [how to add a procedure](../guides/add-a-procedure.md).",
        table(
            ("code", "procedure", "field", "level", "routing", "time", "mark", "law", "file"),
            (_row(one) for one in known),
        ),
    )


def _row(one: Loaded) -> tuple[object, ...]:
    what = one.definition
    return (
        what.code,
        what.name + (" **(nộp tại đây)**" if what.is_runnable else ""),
        what.field,
        ", ".join(what.levels),
        what.routing,
        "<br>".join(dict.fromkeys(map(_duration, what.durations))),
        what.mark,
        "<br>".join(dict.fromkeys(law.document for law in what.legal)),
        f"[{one.path.rsplit('/', 1)[-1]}]({CLICK}/{one.path})",
    )


def _duration(time: DurationView) -> str:
    said = time.text or f"{time.value:g} {time.unit}"
    return said if time.verified else f"{said} (not verified)"


def legal() -> str:
    """Each document of law with the procedures that stand on it."""
    found: dict[str, list[tuple[str, bool, Definition]]] = {}
    for one in services():
        for law in one.definition.legal:
            found.setdefault(law.document, []).append((law.article, law.verified, one.definition))
    return document(
        "Law",
        "Documents that the procedures of the repository name as their basis. «Compared» means that"
        " somebody read the text of the law; the others come from public records of the national"
        " catalogue and await that.",
        table(
            ("document", "articles", "procedures", "compared"),
            (
                (name, ", ".join(_articles(uses)), ", ".join(_codes(uses)), _compared(uses))
                for name, uses in sorted(found.items())
            ),
        ),
    )


Uses = list[tuple[str, bool, Definition]]


def _articles(uses: Uses) -> Iterator[str]:
    yield from sorted({article for article, _, _ in uses if article})


def _codes(uses: Uses) -> Iterable[str]:
    return dict.fromkeys(str(definition.code) for _, _, definition in uses)


def _compared(uses: Uses) -> str:
    count = sum(verified for _, verified, _ in uses)
    return "yes" if count == len(uses) else "no" if not count else f"{count} of {len(uses)}"
