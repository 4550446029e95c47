"""`motcua <command>`: our own few commands, and every management command of the house by name.

Exit codes: 0 done, 1 refused or failed (one line says why), 2 wrong use, 130 interrupted.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from motcua.config import env, processes
from motcua.config.console import complain
from motcua.config.refusal import CannotStart, Refusal, disk_is_full, is_full_disk

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code. Anything nobody foresaw goes to the log, and its place to the terminal."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.excepthook = _unforeseen
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):  # an empty value is an absent one
        os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    try:
        environment = env.read()
        _require_folder(environment.motcua_var)
        return _run(words, environment)
    except Refusal as refusal:
        complain(*refusal.sentences)
        return refusal.exit_code
    except KeyboardInterrupt:
        complain("đã dừng theo yêu cầu")
        return INTERRUPTED


def _run(words: list[str], environment: env.Environment) -> int:
    """Imports only what the command needs: the first lines of ./run come without Django."""
    if words == ["up"]:
        processes.bear_mark(environment.motcua_var, "-m", "motcua", "up")
        from motcua.config import launch

        return launch.up(environment)
    from motcua.config import commands

    return commands.run(words or ["help"], environment)


def _require_folder(var: Path) -> None:
    """Asked once, before anything is written. Raises CannotStart."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            return
    except OSError as failure:
        if is_full_disk(failure):
            raise disk_is_full(var) from failure
        raise CannotStart(
            f"Không ghi được vào thư mục dữ liệu {var}: đặt MOTCUA_VAR tới thư mục khác.",
            f"The data folder {var} cannot be written ({failure.strerror}): "
            "set MOTCUA_VAR to another one.",
        ) from failure


def _unforeseen(
    kind: type[BaseException], failure: BaseException, trace: TracebackType | None
) -> None:
    """One sentence and the place of the rest. A full disk is the operator's to mend, not ours."""
    if isinstance(failure, OSError) and is_full_disk(failure):
        complain(*disk_is_full(failure.filename or "var").sentences)
        return
    log = Path(os.environ.get("MOTCUA_VAR") or env.ROOT / "var") / "log" / "motcua.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"\n{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC: motcua {sys.argv[1:]}\n")
        traceback.print_exception(kind, failure, trace, file=file)
    complain(
        f"lỗi chưa lường trước ({kind.__name__}); chi tiết trong {log}",
        f"an unforeseen failure ({kind.__name__}); its details are in {log}",
    )
