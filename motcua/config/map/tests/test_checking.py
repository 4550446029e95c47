"""What `./run check` finds in documents and words."""

import pytest

from motcua.config.map import checking, drawing, marks, sentences


@pytest.fixture
def page(tmp_path):
    (tmp_path / "there.md").write_text("# There\n", encoding="utf-8")

    def write(text: str):
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_link_to_a_file_that_is_not_there_is_dead(page):
    assert list(checking.dead_links(page("[a](there.md#head) [b](gone.md)"))) == ["gone.md"]


def test_links_of_the_web_and_in_examples_are_not_asked(page):
    text = "[a](https://example.vn/x) [b](#head) `[c](gone.md)`\n```\n[d](gone.md)\n```\n"

    assert list(checking.dead_links(page(text))) == []


def test_words_of_code_names_are_known():
    glossary = "| hồ sơ | Dossier of somebody | `DossierPaper`, `take_step` |"

    assert checking.words_of(glossary) == {"Dossier", "Paper"}


def test_a_marked_sentence_without_english_is_named(tmp_path):
    (tmp_path / "page.html").write_text(
        "{% load i18n %}{% translate 'Câu chưa ai dịch' %}{% translate 'Trang chủ' %}",
        encoding="utf-8",
    )
    (tmp_path / "saying.py").write_text('_("Câu khác chưa ai dịch")\n', encoding="utf-8")

    found = list(sentences.untranslated(tmp_path))

    assert [one.partition("«")[2] for one in found] == [
        "Câu chưa ai dịch»",
        "Câu khác chưa ai dịch»",
    ]


def test_a_page_that_differs_from_the_code_is_stale():
    fresh = (drawing.DOCS / "map/statuses.md").read_text(encoding="utf-8")
    drawn = {"map/statuses.md": fresh, "map/events.md": "# Other\n"}

    stale = drawing.stale(drawn)

    assert "map/events.md" in stale
    assert "map/statuses.md" not in stale


def test_labels_cannot_break_a_diagram():
    assert marks.plain('Ký: "số"; gửi') == "Ký - 'số', gửi"
    assert marks.table(("a",), [["x|y\nz"]]).endswith("| x\\|y z |")
