"""Lời thông báo: texts made of whole sentences; a sentence whose value is unknown is not said."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

from motcua.contexts.notifications.contracts import Channel, Kind, Level, UnknownTemplate

FILE = Path(__file__).resolve().parents[1] / "texts.toml"
LANGUAGES = ("vi", "en")
SMS_LIMIT = 200
LINK = re.compile(
    r"https?:|www\.|://|\b[a-z0-9-]+\.(?:vn|com|net|org|gov|io|me|ly)\b", re.IGNORECASE
)
EVERYTHING = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A message in one language. `text` are sentences; `next_step` says what the reader does."""

    title: str
    text: tuple[str, ...]
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One kind of message. `settles`: templates whose turn ends when this message comes.
    `stays`: reading it does not end its turn, only acting does. `served`: the law wants it told.
    `at_once`: never waits for the letter of the day. `public`: its first sentence may be pushed.
    """

    key: str
    level: Level
    channels: tuple[Channel, ...]
    link: str
    settles: tuple[str, ...]
    stays: bool
    served: bool
    at_once: bool
    public: bool
    sms: str
    words: Mapping[str, Words]


def templates() -> Mapping[str, Template]:
    """Every template of texts.toml."""
    return _read(FILE)


def template(key: str) -> Template:
    """Raises: UnknownTemplate."""
    found = templates().get(key)
    if found is None:
        raise UnknownTemplate(template=key)
    return found


def served() -> tuple[str, ...]:
    """Templates of what the law wants told."""
    return tuple(kind.key for kind in templates().values() if kind.served)


def kind_of(kind: Template, level: Level) -> Kind:
    """By what a reader chooses how to hear of it."""
    if level is Level.EMERGENCY:
        return Kind.EMERGENCY
    if kind.served:
        return Kind.SERVED
    return Kind.TURN if level is Level.YOUR_TURN else Kind(level)


def staying() -> tuple[str, ...]:
    """Templates whose turn does not end by reading."""
    return tuple(kind.key for kind in templates().values() if kind.stays)


def say(key: str, language: str, values: Mapping[str, str]) -> Words:
    """The message in that language (Vietnamese when it is another). Raises: UnknownTemplate.

    A value under `name_en` is said in English for `name`.
    """
    if language == "en":
        values = {**values, **{k[:-3]: v for k, v in values.items() if k.endswith("_en")}}
    words = template(key).words[language if language in LANGUAGES else LANGUAGES[0]]
    return Words(
        title=_fill(words.title, values) or "",
        text=tuple(s for s in (_fill(sentence, values) for sentence in words.text) if s),
        next_step=_fill(words.next_step, values) or "",
    )


def sms_text(key: str, values: Mapping[str, str]) -> str:
    """The SMS: never a link, never longer than SMS_LIMIT; else only that there is news."""
    text = _fill(template(key).sms, values) or ""
    if text and len(text) <= SMS_LIMIT and not LINK.search(text):
        return text
    return f"Bạn có tin mới về hồ sơ {values.get('subject', '')}. Mở app Công dân số để xem."


def link_of(key: str, values: Mapping[str, str]) -> str:
    """The page where the reader goes on; empty when its address is not known."""
    return _fill(template(key).link, values) or ""


def _fill(sentence: str, values: Mapping[str, str]) -> str | None:
    """The sentence with its values, None if one of them is missing or empty."""
    names = [name for _, name, _, _ in Formatter().parse(sentence) if name]
    if not all(values.get(name, "").rstrip(" .") for name in names):
        return None  # not known: not said
    return sentence.format_map({name: values[name].rstrip(" .") for name in names})


@lru_cache(maxsize=4)
def _read(file: Path) -> Mapping[str, Template]:
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        key: Template(
            key=key,
            level=Level(entry["level"]),
            channels=tuple(Channel(name) for name in entry.get("channels", ())),
            link=entry.get("link", "/ho-so/{subject}"),
            settles=tuple(entry.get("settles", ())),
            stays=entry.get("stays", False),
            served=entry.get("served", False),
            at_once=entry.get("at_once", False),
            public=entry.get("public", False),
            sms=entry.get("sms", ""),
            words={
                language: Words(
                    title=entry[language]["title"],
                    text=tuple(entry[language]["text"]),
                    next_step=entry[language].get("next_step", ""),
                )
                for language in LANGUAGES
            },
        )
        for key, entry in raw.items()
    }
