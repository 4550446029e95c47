"""Thẻ mẫu: `{% load ui %}` gives templates the parts, icons and ways of writing.

Every component takes one frozen value of `motcua.ui.parts`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import segno
from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from motcua.ui import charts, chips, dates, icons, parts, words
from motcua.ui.shell import mark_current, shell_of
from motcua.ui.themes import is_helped, text_of, theme_of

register = template.Library()

Model = Mapping[str, object]


# --- words ------------------------------------------------------------------------------------

register.filter("vnd", words.vnd)
register.filter("masked", words.masked)
register.filter("count", words.count)
register.filter("file_size", words.file_size)
register.filter("day", dates.day)
register.filter("short_day", dates.short_day)
register.filter("long_day", dates.long_day)
register.filter("moment", dates.moment)


@register.filter
def nbsp(text: str) -> str:
    """Keep the syllables of Vietnamese compounds on one line; other languages are left alone."""
    return words.unbroken(str(text)) if (get_language() or "vi").startswith("vi") else str(text)


@register.filter
def in_vietnamese(text: str) -> str:
    """A name or an official title as it is, marked where the page speaks another language."""
    return format_html('<span lang="vi">{}</span>', text) if text and words.foreign() else text


@register.filter
def after(text: str, beginning: str) -> str:
    """The rest of a refusal whose first sentence is already the title."""
    return text.removeprefix(beginning).lstrip(" .") or text


# --- small tags -------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Lucide drawing, hidden from screen readers."""
    return icons.icon(name)


@register.simple_tag
def when(at: date | datetime, style: str = "") -> SafeString:
    """A time element. style: empty for the usual form, `short`, `long` or `hour`."""
    ways = {"short": dates.short_day, "long": dates.long_day}
    if style in ways:
        text = ways[style](at)
    elif isinstance(at, datetime):
        text = dates.hour(at) if style == "hour" else dates.moment(at)
    else:
        text = dates.day(at)
    return format_html('<time datetime="{}">{}</time>', dates.attribute(at), text)


@register.simple_tag
def chip(value: parts.Chip | str, tone: str = "", icon_name: str = "") -> SafeString:
    """`{% chip page.state %}` or `{% chip "Đúng hạn" "ok" "circle-check" %}`."""
    made = (
        value
        if isinstance(value, parts.Chip)
        else parts.Chip(label=str(value), tone=parts.Tone(tone), icon=icon_name)
    )
    drawing = icons.icon(made.icon) if made.icon else ""
    css = f"chip chip--{made.tone}" if made.tone else "chip"
    return format_html('<span class="{}">{}{}</span>', css, drawing, made.label)


@register.simple_tag
def table_row(cells: Sequence[parts.Cell]) -> SafeString:
    """The cells of a row, the first its heading. Made here: a template for each costs the most."""
    heading, *others = cells
    made = [format_html('<th scope="row">{}</th>', _inside(heading))]
    for cell in others:
        shape = '<td class="num end">{}</td>' if cell.number else "<td>{}</td>"
        made.append(format_html(shape, _inside(cell)))
    return SafeString("".join(made))


def _inside(cell: parts.Cell) -> str:
    if cell.chip:
        return chip(cell.chip)
    if cell.url:
        return format_html('<a href="{}">{}</a>', cell.url, cell.text)
    if cell.language:
        return format_html('<span lang="{}">{}</span>', cell.language, cell.text)
    return cell.text


@register.simple_tag
def citizen_state(status: int) -> SafeString:
    """The chip of a national status in the words of its owner."""
    return chip(chips.for_citizen(status))


@register.simple_tag
def officer_state(status: int) -> SafeString:
    """The chip of a national status in the words of the desk."""
    return chip(chips.for_officer(status))


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    """A QR code drawn on the server; black on white in both themes so that cameras read it."""
    out = BytesIO()
    segno.make(text, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        border=2,
        svgclass="qr",
        lineclass=None,
        dark="#000",
        light="#fff",
    )
    drawing = SafeString(out.getvalue().decode())
    return format_html(
        '<span class="qr-box" role="img" aria-label="{}">{}</span>', label or text, drawing
    )


@register.inclusion_tag("ui/parts/copy_button.html")
def copy_button(text: str) -> Model:
    """Copies a code; without script it is simply not there (see `[data-copy]` in the styles)."""
    return {"text": text}


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """light, dark or auto, from the cookie."""
    return theme_of(context.get("request"))


@register.simple_tag(takes_context=True)
def text_size(context: Context) -> str:
    """Percent, from the cookie."""
    return text_of(context.get("request"))


@register.simple_tag(takes_context=True)
def helped(context: Context) -> bool:
    """Whether the person asked for help on every page."""
    return is_helped(context.get("request"))


@register.simple_tag(takes_context=True)
def shell(context: Context, name: str) -> parts.Shell:
    """`{% shell "citizen" as shell %}`: what surrounds the page, from the portal of that name."""
    return shell_of(context.get("request"), name)


@register.simple_tag(takes_context=True)
def navigation(context: Context, around: parts.Shell) -> tuple[parts.NavItem, ...]:
    """The page's own `page.nav` if it brings one, else the shell's."""
    own: tuple[parts.NavItem, ...] = getattr(context.get("page"), "nav", ())
    request = context.get("request")
    return mark_current(own, request.path if request else "") if own else around.nav


# --- components -------------------------------------------------------------------------------


def _component(name: str) -> None:
    """The tag `{% name value %}` shows `ui/parts/name.html` with the value as `part`."""

    def show(part: object) -> Model:
        return {"part": part}

    register.inclusion_tag(f"ui/parts/{name}.html", name=name)(show)


for _name in (
    "action",
    "alert",
    "confirmation",
    "dead_job",
    "due_card",
    "empty_state",
    "export_link",
    "keyset_pager",
    "kpi",
    "task_row",
    "verified",
    "work_item",
):
    _component(_name)


@register.inclusion_tag("ui/parts/question.html", takes_context=True)
def question(context: Context, part: parts.QuestionView) -> Model:
    """One question: label, help, where it came from, error, input."""
    return {"part": part, "request": context.get("request")}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(errors: Sequence[parts.FieldError]) -> Model:
    """First thing in `main` when a form comes back; the focus goes there."""
    return {"errors": errors}


@register.inclusion_tag("ui/parts/file_list.html")
def file_list(files: Sequence[parts.FileRow], label: str = "") -> Model:
    return {"files": files, "label": label}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(steps: Sequence[parts.RiverStep], dense: bool = False, level: int = 3) -> Model:
    """Dòng sông: solid is done, dotted is ahead, yellow is the viewer's turn."""
    numbered = tuple((str(number), step) for number, step in enumerate(steps, start=1))
    return {"steps": numbered, "dense": dense, "level": level}


@register.inclusion_tag("ui/parts/hero.html")
def hero(
    title: str,
    url: str,
    hello: str = "",
    hints: Sequence[parts.Crumb] = (),
    value: str = "",
    suggest: str = "",
    scan: str = "",
) -> Model:
    """The river with the one search box. url: where `q` is sent; suggest: see suggest.js.

    scan: the page that reads a QR.
    """
    said = {"title": title, "hello": hello, "hints": hints, "value": value}
    return {**said, "url": url, "suggest": suggest, "scan": scan}


@register.inclusion_tag("ui/parts/facts.html")
def facts(rows: Sequence[parts.Fact]) -> Model:
    """Label and value in two columns, read-only."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/answers.html")
def answers(rows: Sequence[parts.Fact]) -> Model:
    """Kiểm tra câu trả lời: each with its source and «Đổi»."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/task_list.html")
def task_list(rows: Sequence[parts.ListedTask]) -> Model:
    return {"rows": rows}


@register.inclusion_tag("ui/parts/work_list.html")
def work_list(groups: Sequence[parts.WorkGroup]) -> Model:
    """The officer's list in groups, with the checkboxes of bulk acts (name `case`)."""
    return {"groups": groups}


@register.inclusion_tag("ui/parts/message_thread.html", takes_context=True)
def message_thread(
    context: Context, messages: Sequence[parts.Message], compose: parts.Compose | None = None
) -> Model:
    """The conversation of a case and, with `compose`, the form to write."""
    return {
        "messages": messages,
        "compose": compose,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[parts.Crumb]) -> Model:
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/parts/data_table.html")
def data_table(part: parts.Table) -> Model:
    return {"part": part}


@register.inclusion_tag("ui/parts/bar_chart.html")
def bar_chart(part: parts.BarChart) -> Model:
    """Bars drawn on the server, with the table behind them."""
    return {"part": part, "drawing": charts.draw_bars(part)}


@register.inclusion_tag("ui/parts/line_chart.html")
def line_chart(part: parts.LineChart) -> Model:
    """A trend drawn twice, for wide and narrow screens, with the table behind it."""
    return {
        "part": part,
        "wide": charts.draw_line(part),
        "narrow": charts.draw_line(part, narrow=True),
    }
