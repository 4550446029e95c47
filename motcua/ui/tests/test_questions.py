"""From the form to the page and back: what is shown is what is read from the post."""

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from motcua.kernel import forms
from motcua.ui.parts import Option
from motcua.ui.questions import Around, error_links, question_views

WARDS = (
    Option(value="26740", label="Phường Sài Gòn"),
    Option(value="26743", label="Phường Bến Thành"),
)
ANSWERS = {
    "name": "Nguyễn Thị Ánh Tuyết",
    "born_on": "1990-05-12",
    "home": {"ward": "26743", "street": "12/5 Lê Lợi"},
    "married": False,
    "fee": 75000,
    "area": 62.5,
    "sex": "nu",
    "ways": ["dien_tu", "buu_dien"],
    "truth": True,
    "people": [{"who": "Lê Minh Khoa", "since": "2020-01-31"}, {"who": "Lê Minh An", "since": ""}],
}


def a_question(key, type="text", **more):
    return forms.Question(key=key, label=f"Câu {key}", type=forms.FieldType(type), **more)


QUESTIONS = (
    a_question("name", "person_name"),
    a_question("born_on", "date"),
    a_question("home", "address"),
    a_question("married", "yes_no"),
    a_question("fee", "money"),
    a_question("area", "number"),
    a_question(
        "sex",
        "choice",
        options=(
            forms.Option(value="nam", label="Nam", label_en="Male"),
            forms.Option(value="nu", label="Nữ"),
        ),
    ),
    a_question(
        "ways",
        "multi_choice",
        options=(
            forms.Option(value="dien_tu", label="Điện tử"),
            forms.Option(value="buu_dien", label="Bưu điện"),
        ),
    ),
    a_question("truth", "declaration"),
    a_question(
        "people",
        "group",
        item_title="Người",
        item_title_en="Person",
        fields=(a_question("who", "person_name"), a_question("since", "date", required=False)),
    ),
)


class Posted(HTMLParser):
    """What a browser would send when nobody touches the page."""

    def __init__(self):
        super().__init__()
        self.sent = {}
        self.select = None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "select":
            self.select = a["name"]
        elif tag == "option" and self.select and "selected" in a:
            self.sent.setdefault(self.select, []).append(a["value"])
        elif tag == "input" and (a.get("type") not in ("radio", "checkbox") or "checked" in a):
            self.sent.setdefault(a["name"], []).append(a.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None


def shown(views):
    request = RequestFactory().get("/")
    return "".join(render_to_string("ui/parts/question.html", {"part": v}, request) for v in views)


def test_a_page_sends_back_the_answers_it_shows():
    views = question_views(QUESTIONS, ANSWERS, Around(choices={"communes": WARDS}))

    browser = Posted()
    browser.feed(shown(views))
    raw = forms.raw_from_post(QUESTIONS, browser.sent)
    form = forms.Form(pages=(forms.Page(key="p", title="P", questions=QUESTIONS),))
    checked = forms.validate_page(form, "p", raw)

    assert checked.errors == ()
    assert {k: v for k, v in checked.cleaned.items() if k != "people"} == {
        k: v for k, v in ANSWERS.items() if k != "people"
    }
    assert [row["who"] for row in checked.cleaned["people"]] == ["Lê Minh Khoa", "Lê Minh An"]


def test_a_chosen_place_outside_the_city_stays_in_the_list_where_it_may():
    names = {"20242": "Phường Hải Châu, TP. Đà Nẵng"}
    around = Around(choices={"communes": WARDS}, ward_name=lambda code: names.get(code, code))
    here, anywhere = a_question("home", "address"), a_question("home", "address", anywhere=True)
    asked = [(here, "20242"), (anywhere, "20242"), (anywhere, "99999")]

    offered = [
        {o.value for o in question_views((q,), {"home": {"ward": code}}, around)[0].options}
        for q, code in asked
    ]

    city = {ward.value for ward in WARDS}
    assert offered == [city, {*city, "20242"}, city]


def test_what_was_typed_is_kept_beside_its_error():
    typed = {"born_on": {"day": "32", "month": "13", "year": "1990"}, "fee": "ba nghìn"}

    day, fee = question_views(
        (QUESTIONS[1], QUESTIONS[4]), typed, Around(errors={"born_on": "Ngày này không có."})
    )

    assert (day.day, day.month, day.year, day.error) == ("32", "13", "1990", "Ngày này không có.")
    assert fee.value == "ba nghìn"
    assert "q-born-on-error" in shown((day,))


def test_an_error_link_leads_to_its_question():
    (link,) = error_links((forms.FieldError("people.1.who", "required", "Bạn chưa điền."),))

    view = question_views(QUESTIONS[-1:], ANSWERS)

    assert f'id="{link.anchor[1:]}"' in shown(view)


def test_an_empty_group_offers_one_row_and_more_on_request():
    asked = QUESTIONS[-1:]

    assert len(question_views(asked, {})[0].rows) == 1
    assert len(question_views(asked, ANSWERS, Around(extra_rows={"people": 1}))[0].rows) == 3


def test_rows_of_a_group_are_named_in_the_language():
    (view,) = question_views(QUESTIONS[-1:], ANSWERS, Around(language="en"))

    assert [row.title for row in view.rows] == ["Person 1", "Person 2"]
    assert view.add_label.endswith("person")


def test_labels_follow_the_language():
    (view,) = question_views((QUESTIONS[6],), {}, Around(language="en"))

    assert [option.label for option in view.options] == ["Male", "Nữ"]


@pytest.mark.parametrize("count, radios", [(8, True), (9, False)])
def test_many_options_become_a_list(count, radios):
    options = tuple(forms.Option(value=str(n), label=str(n)) for n in range(count))
    (view,) = question_views((a_question("one", "choice", options=options),), {})

    assert ('type="radio"' in shown((view,))) is radios


def one(question):
    return render_to_string("ui/parts/question.html", {"part": question_views((question,), {})[0]})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (a_question("copies", "number", integer=True), 'inputmode="numeric"'),
        (a_question("area", "number"), 'inputmode="decimal"'),
        (a_question("level", "number", minimum=-100), 'inputmode="text"'),
        (a_question("year", digits=(4, 4)), 'inputmode="numeric"'),
        (a_question("nation", suggestions=("Việt Nam",)), '<option value="Việt Nam">'),
        (a_question("who", "person_name", prefill="population.full_name"), 'autocomplete="name"'),
        (a_question("born", "date", prefill="population.born_on"), 'autocomplete="bday-year"'),
        (a_question("call", "phone", prefill="account.phone"), 'autocomplete="tel"'),
    ],
)
def test_a_phone_shows_the_right_keys_and_offers_what_it_knows(question, words):
    assert words in one(question)


def test_what_a_browser_knows_of_its_owner_is_not_offered_for_others():
    assert "autocomplete" not in one(a_question("partner", "person_name"))
