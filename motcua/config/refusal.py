"""Why a command does not go on: a sentence for the person at the terminal, never a trace."""

import errno


class Refusal(Exception):
    """sentences: shown one per line. exit_code: 1 refused or failed, 2 wrong use."""

    def __init__(self, *sentences: str, exit_code: int = 1) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences
        self.exit_code = exit_code


class CannotStart(Refusal):
    """An operator's problem, told in Vietnamese and in English."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(vietnamese, english)


def disk_is_full(place: object) -> CannotStart:
    return CannotStart(
        f"Đĩa đã đầy, không ghi được vào {place}: giải phóng chỗ trống rồi chạy lại.",
        f"The disk is full, nothing can be written in {place}: free some space and run again.",
    )


def is_full_disk(failure: OSError) -> bool:
    """Also when a quota or a limit of file size says no: the operator's remedy is the same."""
    return failure.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
