"""Finds a command by the words typed, gives it a database, turns refusals into one line."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import django
from django.core.management import BaseCommand, CommandError, get_commands, load_command_class
from django.db import DatabaseError

from motcua.config import accounts, checks, database, house, processes
from motcua.config.env import Environment
from motcua.config.refusal import Refusal, disk_is_full
from motcua.kernel.errors import DomainError

WRONG_USE = 2
ASKING_HELP = frozenset({"--help", "-h"})
OURS = "motcua."
SEEDS = "seed_"


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """A command about the house as a whole, which no app could own."""

    words: tuple[str, ...]
    help: str
    run: Callable[[list[str]], int]
    needs_database: bool = True


def _prepare(rest: list[str]) -> int:
    from motcua.config import greeting, set_up

    set_up.prepare()
    greeting.write()
    return 0


def _web(rest: list[str]) -> int:
    from motcua.config import env, programs

    programs.load()
    programs.serve_pages(env.read())
    return 0


def _seed_city(rest: list[str]) -> int:
    from motcua.config import set_up

    set_up.migrate()
    set_up.seed_city()
    return 0


def _map(rest: list[str]) -> int:
    from motcua.config.map import drawing

    return drawing.run(rest)


def _keys(rest: list[str]) -> int:
    from motcua.config import rotating

    return rotating.run(rest)


def _sbom(rest: list[str]) -> int:
    from motcua.config.security import bill

    return bill.run(rest)


def _audit(rest: list[str]) -> int:
    from motcua.config.security import audit

    return audit.run(rest)


def _asvs(rest: list[str]) -> int:
    from motcua.config.security import judging

    return judging.run(rest)


OWN = (
    OwnCommand(("prepare",), "Chuẩn bị: cơ sở dữ liệu, tệp tĩnh, dữ liệu ban đầu.", _prepare),
    OwnCommand(("seed", "city"), "Gieo thành phố: mỗi bối cảnh gieo phần của mình.", _seed_city),
    OwnCommand(("web",), "Chạy riêng máy chủ trang (./run chạy tất cả).", _web),
    OwnCommand(("check",), "Kiểm tra mã, kiểu, cấu trúc, bản dịch.", checks.run, False),
    OwnCommand(("fix",), "Sửa định dạng và lỗi nhỏ tự sửa được.", checks.fix, False),
    OwnCommand(("keys",), "Khóa niêm phong: list, new, rewrap, retire SỐ.", _keys),
    OwnCommand(("map",), "Vẽ lại bản đồ của mã trong docs; --check: chỉ kiểm tra.", _map, False),
    OwnCommand(("sbom",), "Bảng kê các gói (CycloneDX); --dev: cả gói kiểm thử.", _sbom, False),
    OwnCommand(
        ("audit",), "Xét các gói: băm, bản, giấy phép; --online: hỏi lỗ hổng.", _audit, False
    ),
    OwnCommand(("asvs",), "Xét sổ yêu cầu an toàn OWASP ASVS 5.0.", _asvs, False),
)


def run(words: list[str], environment: Environment) -> int:
    """The exit code. Raises Refusal."""
    own = _own(words)
    if own and ASKING_HELP & set(words):
        return _print([f"motcua {' '.join(own.words)}: {own.help}"])
    if own and not own.needs_database:
        return own.run(words[len(own.words) :])
    django.setup()
    if own:
        with _with_database(environment), _refusals(environment), _logged(own.words[0]):
            return own.run(words[len(own.words) :])
    if words[0] in ASKING_HELP | {"help"}:
        return _print(_overview())
    name, rest = _find(words)
    if ASKING_HELP & set(rest):
        return _run_management(name, rest)
    with _with_database(environment), _refusals(environment), _logged(name):
        if name.startswith(SEEDS):
            _lay_ground(name)
        if name == "work":
            accounts.act_as(accounts.Program.WORKER, environment)
        return _run_management(name, rest)


def _logged(name: str) -> "AbstractContextManager[object]":
    """What a command reads of people is in the read log like what a page reads."""
    from motcua.kernel import reading
    from motcua.kernel.actors import SYSTEM
    from motcua.kernel.purpose import Purpose

    return reading.logged(actor=SYSTEM, purpose=Purpose.MAINTAIN, address=f"command {name}")


def _lay_ground(name: str) -> None:
    """A scenario on an unprepared database prepares it; a context's own part needs only tables."""
    from motcua.config import house, set_up

    set_up.migrate()
    if name.removeprefix(SEEDS) not in house.CONTEXTS:
        set_up.seed_city(only_when_changed=True)


def _own(words: list[str]) -> OwnCommand | None:
    """`check` is ours, `check catalogue` is the management command check_catalogue."""
    if len(words) > 1 and house.command_exists(f"{words[0]}_{words[1]}"):
        return None
    return next((one for one in OWN if tuple(words[: len(one.words)]) == one.words), None)


def _with_database(environment: Environment) -> AbstractContextManager[None]:
    """A process of the tree finds the server up, and must not be the one who stops it."""
    if processes.MARK in os.environ:
        return nullcontext()
    return _embedded(environment)


@contextmanager
def _embedded(environment: Environment) -> Iterator[None]:
    with database.in_use(environment):
        database.make_sure_it_answers(environment)
        yield


@contextmanager
def _refusals(environment: Environment) -> Iterator[None]:
    try:
        yield
    except DomainError as refusal:
        raise Refusal(refusal.message) from refusal
    except CommandError as refusal:
        raise Refusal(str(refusal), exit_code=refusal.returncode) from refusal
    except DatabaseError as failure:
        own = database.cluster(environment)
        if database.is_for_want_of_room(failure, own):
            raise disk_is_full(own.home if own else "DATABASE_URL") from failure
        raise


def _find(words: list[str]) -> tuple[str, list[str]]:
    """`ledger verify` is ledger_verify if there is one, else ledger with the argument verify."""
    known = get_commands()
    plain = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    for length in range(plain, 0, -1):
        name = "_".join(words[:length]).replace("-", "_")
        if name in known:
            return name, words[length:]
    typed = " ".join(words)
    near = sorted(name for name in known if name.startswith(f"{words[0]}_"))
    hint = f" Có: {', '.join(_spoken(name) for name in near)}." if near else ""
    raise Refusal(f"Không có lệnh «{typed}».{hint} Xem tất cả: motcua help", exit_code=WRONG_USE)


def _run_management(name: str, rest: list[str]) -> int:
    command = _load(name)
    parser = command.create_parser("motcua", name)
    parser.prog = f"motcua {_spoken(name)}"
    parser.called_from_command_line = True  # so that wrong use ends with code 2
    options = vars(parser.parse_args(rest))
    arguments = options.pop("args", ())
    command.execute(*arguments, **options)
    return 0


def _load(name: str) -> BaseCommand:
    source = get_commands()[name]
    return load_command_class(source, name) if isinstance(source, str) else source


def _overview() -> list[str]:
    """Our commands first; Django's are named only."""
    known = get_commands()
    ours = sorted(name for name, app in known.items() if str(app).startswith(OURS))
    theirs = sorted(set(known) - set(ours))
    lines = ["motcua <lệnh> --help nói rõ từng lệnh.", ""]
    lines += [f"  {'up':<26}Chạy cả thành phố (như ./run)."]
    lines += [f"  {' '.join(one.words):<26}{one.help}" for one in OWN]
    lines += [f"  {_spoken(name):<26}{_first_line(_load(name).help)}" for name in ours]
    return [*lines, "", f"Lệnh của Django: {', '.join(theirs)}"]


def _spoken(name: str) -> str:
    group, _, rest = name.partition("_")
    return f"{group} {rest}" if group in GROUPS and rest else name


GROUPS = frozenset({"seed", "check", "search", "ledger"})


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""


def _print(lines: list[str]) -> int:
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
