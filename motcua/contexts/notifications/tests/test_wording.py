"""Texts are whole sentences, complete in two languages; an SMS never carries a link."""

from datetime import timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.notifications.contracts import Channel, Level, UnknownTemplate
from motcua.contexts.notifications.rules.hours import hold_until
from motcua.contexts.notifications.rules.wording import (
    EVERYTHING,
    LINK,
    SMS_LIMIT,
    link_of,
    say,
    sms_text,
    template,
    templates,
)
from motcua.kernel.clock import city_time
from motcua.kernel.testing import MONDAY_9AM

KNOWN = {
    "headline": "Nước đang dâng, bạn lên chỗ cao",
    "to_do": "Bạn lên tầng cao",
    "brief": "Nước đang dâng. Bạn lên tầng cao",
    "subject": "H29.99-20261123-0000042",
    "procedure": "Đăng ký khai sinh",
    "unit": "UBND phường Sài Gòn",
    "officer": "Võ Thị Kim Ngân",
    "received_at": "9:05, 23/11/2026",
    "due": "thứ Năm, 26/11/2026",
    "old_due": "thứ Ba, 24/11/2026",
    "new_due": "thứ Năm, 26/11/2026",
    "until": "thứ Tư, 25/11/2026",
    "papers": "giấy chứng sinh",
    "reason": "ảnh mờ, chưa đọc được số",
    "amount": "8.000 ₫",
    "invoice_code": "MC0123456789ABCD",
    "where": "Một cửa phường Sài Gòn",
    "from": "Phòng Kinh tế, Hạ tầng và Đô thị",
    "days_late": "2",
    "task": "thẩm định",
    "step": "Thẩm định",
    "said": "Phòng chuyên môn đang xem hồ sơ.",
    "answer": "đồng ý",
    "silence": "đồng ý",
    "place": "chuyên viên thụ lý, Phòng Tư pháp",
    "tasks": "3",
    "what": "dữ liệu cá nhân nhạy cảm",
    "tracking": "EB123456789VN",
    "by_number": "MC-26E-0000002",
    "number": "MC-26E-0000001",
    "oldest": "20/11/2026",
    "days": "2",
}
NAMED = [
    "dossier_submitted",
    "dossier_received",
    "supplement_asked",
    "supplement_received",
    "declined",
    "overdue_apology",
    "payment_asked",
    "payment_received",
    "opinion_asked",
    "opinion_given",
    "result_ready",
    "result_returned",
    "withdrawn",
    "stopped",
    "conversation_message",
    "task_assigned",
]
every_template = pytest.mark.parametrize("key", sorted(templates()))


def test_the_messages_of_a_dossiers_life_are_there():
    assert set(NAMED) <= set(templates())


def test_an_unknown_message_is_refused():
    with pytest.raises(UnknownTemplate):
        template("hello")


@every_template
def test_every_value_a_text_asks_for_is_a_known_name(key: str):
    kind = template(key)
    sentences = [kind.sms, kind.link]
    for words in kind.words.values():
        sentences += [*words.text, words.next_step]

    asked = {name for s in sentences for _, name, _, _ in Formatter().parse(s) if name}
    assert asked <= KNOWN.keys()


@every_template
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_text_says_something_even_when_little_is_known(key: str, language: str):
    subject_only = {"subject": KNOWN["subject"]}

    full, bare = say(key, language, KNOWN), say(key, language, subject_only)

    assert full.title == bare.title != ""
    assert full.next_step
    assert len(full.text) >= 1
    assert all("{" not in sentence for sentence in (*full.text, *bare.text))
    assert not any("!" in sentence or "vui lòng" in sentence for sentence in full.text)


@every_template
def test_both_languages_say_the_same_sentences(key: str):
    def values(language: str) -> list[list[str]]:
        sentences = template(key).words[language].text
        return [[n for _, n, _, _ in Formatter().parse(s) if n] for s in sentences]

    assert [sorted(v) for v in values("vi")] == [sorted(v) for v in values("en")]


@every_template
def test_an_sms_is_short_and_has_no_link(key: str):
    kind = template(key)

    assert bool(kind.sms) == (Channel.SMS in kind.channels)
    if kind.sms:
        text = sms_text(key, KNOWN)
        assert text == kind.sms.format_map(KNOWN)
        assert len(text) <= SMS_LIMIT
        assert not LINK.search(text)


@pytest.mark.parametrize(
    "reason", ["xem https://example.com", "vào www.example", "mở example.vn", "a" * 300]
)
def test_an_sms_that_would_carry_a_link_only_says_there_is_news(reason: str):
    values = {**KNOWN, "until": reason}

    text = sms_text("supplement_asked", values)

    assert text == f"Bạn có tin mới về hồ sơ {KNOWN['subject']}. Mở app Công dân số để xem."


def test_a_reason_that_ends_with_a_full_stop_has_one():
    said = say("declined", "vi", {**KNOWN, "reason": "Thiếu giấy chứng sinh. "})

    assert "Vì: Thiếu giấy chứng sinh." in said.text


def test_an_unknown_language_reads_vietnamese():
    assert say("withdrawn", "fr", KNOWN) == say("withdrawn", "vi", KNOWN)


@every_template
def test_what_a_message_settles_exists(key: str):
    assert set(template(key).settles) <= {EVERYTHING, *templates()}


def test_a_page_without_known_address_is_not_linked():
    assert link_of("payment_asked", {"subject": "x"}) == ""
    assert link_of("payment_asked", KNOWN) == "/thanh-toan/MC0123456789ABCD"


@pytest.mark.parametrize(
    ("hour", "minute", "until"),
    [
        (6, 59, (23, 7)),
        (7, 0, None),
        (20, 59, None),
        (21, 0, (24, 7)),
        (23, 59, (24, 7)),
        (0, 0, (23, 7)),
    ],
)
def test_an_sms_waits_for_the_morning(hour: int, minute: int, until: tuple[int, int] | None):
    at = MONDAY_9AM.replace(hour=hour, minute=minute)

    held = hold_until(Channel.SMS, Level.YOUR_TURN, at)

    assert (held and (held.day, held.hour)) == until


moments = st.integers(min_value=0, max_value=365 * 24 * 60).map(
    lambda minutes: MONDAY_9AM + timedelta(minutes=minutes)
)


@given(moments, st.sampled_from(Level))
def test_a_held_message_leaves_at_seven_within_ten_hours(at, level):
    held = hold_until(Channel.SMS, level, at)

    if level is Level.EMERGENCY:
        assert held is None
    if held is not None:
        assert (held.hour, held.minute) == (7, 0)
        assert 0 < (held - city_time(at)).total_seconds() <= 10 * 3600
    assert hold_until(Channel.EMAIL, level, at) is None
