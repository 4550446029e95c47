"""The path of a dossier, in the language of its reader."""

from django.utils.translation import override

from motcua.contexts.dossiers.contracts import StageView
from motcua.contexts.dossiers.web.pages import river


def a_stage(**more) -> StageView:
    words = {"name": "Ký", "text": "Lãnh đạo ký kết quả.", "unit_name": "UBND phường Sài Gòn"}
    return StageView(key="sign", state="now", at=None, **{**words, **more})


def test_a_step_is_told_in_english_where_its_table_has_it():
    with override("en"):
        (step,) = river([a_stage(name_en="Signature", text_en="The leader signs.")])

    assert (step.title, step.text, step.language) == ("Signature", "The leader signs.", "en")
    assert step.note == "UBND phường Sài Gòn"


def test_a_step_without_english_stays_vietnamese():
    with override("en"):
        (step,) = river([a_stage(name_en="Signature")])

    assert (step.title, step.text, step.language) == ("Ký", "Lãnh đạo ký kết quả.", "")


def test_a_vietnamese_reader_gets_vietnamese():
    (step,) = river([a_stage(name_en="Signature", text_en="The leader signs.")])

    assert (step.title, step.language) == ("Ký", "")
