"""Mã thử: where a key for trying out may not go."""

from motcua.kernel.errors import Forbidden


class SandboxKeyElsewhere(Forbidden):
    """A key for trying out opens the addresses of the sandbox alone."""

    sentence = "Mã thử chỉ mở được các địa chỉ thử. Bạn dùng mã thật cho việc thật."
    next_step = "Bạn xem các địa chỉ thử ở trang Dành cho lập trình viên."
