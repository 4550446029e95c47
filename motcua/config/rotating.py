"""`motcua keys …`: the master keys that seal personal values and files, and their rotation."""

from collections import Counter
from pathlib import Path

from django.conf import settings

from motcua.config import keys
from motcua.config.refusal import Refusal
from motcua.contexts.documents import public as documents
from motcua.kernel import clock, crypto, rotation
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress
from motcua.kernel.db import owns_transaction, record

WRONG_USE = 2
USE = (
    "motcua keys list: mỗi khóa niêm phong bao nhiêu giá trị và tệp.",
    "motcua keys new: thêm khóa mới, từ nay dùng khóa này để niêm phong.",
    "motcua keys rewrap: bọc lại mọi giá trị và tệp bằng khóa đang dùng; thành phố vẫn chạy.",
    "motcua keys retire SỐ: bỏ khóa không còn gì dùng.",
)


def run(words: list[str]) -> int:
    """The exit code. Raises: Refusal."""
    match words:
        case ["list"]:
            return _list()
        case ["new"]:
            return _new()
        case ["rewrap"]:
            return _rewrap()
        case ["retire", number] if number.isdecimal():
            return _retire(int(number))
    raise Refusal(*USE, exit_code=WRONG_USE)


def _list() -> int:
    used = _uses()
    for number in sorted({*crypto.ring().masters, *used}):
        mark = "đang dùng" if number == crypto.ring().sealing else ""
        name = f"khóa {number}" if number else "dạng cũ "
        print(f"{name}  {used[number]:>12,} giá trị và tệp  {mark}".rstrip())
    return 0


def _new() -> int:
    folder = _folder()
    number = keys.add_sealing_key(folder)
    crypto.look_again_at_keys()
    _note("kernel.add_sealing_key", number)
    print(f"Đã thêm khóa {number}. Sao lưu {folder / 'sealing.key'}, rồi chạy: motcua keys rewrap")
    return 0


def _rewrap() -> int:
    waiting = sum(n for key, n in _uses().items() if key != crypto.ring().sealing)
    with progress(total=waiting, label="Bọc lại") as bar:
        changed = rotation.rewrap(bar.update) + documents.rewrap_contents(bar.update)
    _note("kernel.rewrap", crypto.ring().sealing, changed=changed)
    print(f"Đã bọc lại {changed:,} giá trị và tệp bằng khóa {crypto.ring().sealing}.")
    return 0


def _retire(number: int) -> int:
    folder, known = _folder(), crypto.ring()
    if number not in known.masters or number == known.sealing:
        raise Refusal(f"Khóa {number} đang dùng hoặc không có. Xem: motcua keys list")
    used = _uses()
    if used[number] or (used[0] and number == min(known.masters)):
        raise Refusal(f"Khóa {number} còn đang niêm phong dữ liệu. Chạy trước: motcua keys rewrap")
    keys.remove_sealing_key(number, folder)
    crypto.look_again_at_keys()
    _note("kernel.retire_sealing_key", number)
    print(f"Đã bỏ khóa {number}. Bản sao lưu cũ của cơ sở dữ liệu vẫn cần khóa này: cất riêng.")
    return 0


def _uses() -> Counter[int]:
    """Values and files under each key; 0: old forms."""
    return Counter(rotation.uses()) + Counter(documents.content_keys())


def _folder() -> Path:
    folder: Path | None = settings.SEALING_KEYS_FOLDER
    if folder is None:
        raise Refusal(
            "Khóa đến từ MOTCUA_SEALING_KEY. Thêm khóa mới vào sau: «1:cũ,2:mới», khởi động lại;"
            " rồi đưa lên đầu: «2:mới,1:cũ», khởi động lại; rồi chạy: motcua keys rewrap"
        )
    return folder


@owns_transaction
def _write_leaf(action: str, key: int, facts: dict[str, object], *, now: object) -> None:
    record(action=action, subject=f"key {key}", actor=SYSTEM, facts=facts)


def _note(action: str, key: int, **facts: object) -> None:
    _write_leaf(action, key, dict(facts), now=clock.now())
