"""What surrounds a page: who is signed in, the way out, the current place."""

import pytest

from motcua.kernel.testing import citizen
from motcua.ui import gallery, shell
from motcua.ui.parts import Band, Shell


@pytest.fixture(autouse=True)
def portal(monkeypatch):
    """No portal stands here, unless the test puts one up: `portal(band=…)`."""
    monkeypatch.setattr(shell, "_PROVIDERS", {})

    def put(**more):
        shell.register(
            "citizen", lambda request: Shell(brand="Thử", place="Nơi", home_url="/", **more)
        )

    return put


def page(rf, actor=None):
    request = rf.get("/ui/")
    if actor:
        request.actor = actor
    return gallery.show(request).content.decode()


def test_nobody_is_offered_to_sign_in(rf):
    text = page(rf)

    assert 'href="/dang-nhap"' in text
    assert 'action="/dang-xuat"' not in text


def test_who_is_signed_in_is_named_and_can_leave(rf):
    text = page(rf, citizen())

    assert "Nguyễn Thị Ánh Tuyết</b>" in text
    assert '<form action="/dang-xuat" method="post">' in text


def test_an_emergency_stands_above_everything(rf, portal):
    portal(
        band=Band(title="Triều cường 1,65 m lúc 17:30.", url="/canh-bao", url_label="Việc nên làm")
    )

    text = page(rf)

    assert text.index("Triều cường") < text.index("<header")


def test_the_inbox_says_how_many_are_new(rf, portal):
    portal(inbox_url="/thong-bao", unread=3)

    assert '<span class="dot">3<span class="visually-hidden"> tin mới</span></span>' in page(rf)
