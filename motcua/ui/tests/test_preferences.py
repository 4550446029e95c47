"""What was chosen is kept in cookies and leads back to where it was chosen."""

import pytest

pytestmark = pytest.mark.django_db


def choose(client, **chosen):
    return client.post("/ui/preferences", {"idempotency_key": "một lần", **chosen})


def test_a_theme_is_kept_and_drawn_by_the_server(client):
    answer = choose(client, theme="dark", next="/ui/")

    assert answer.headers["Location"] == "/ui/"
    assert 'data-theme="dark"' in client.get("/ui/").content.decode()


def test_english_is_kept(client):
    choose(client, language="en", next="/ui/")

    assert '<html lang="en"' in client.get("/ui/").content.decode()


@pytest.mark.parametrize("size", ["100", "125", "150"])
def test_the_size_of_the_text_is_kept_and_drawn_by_the_server(client, size):
    choose(client, text=size)

    assert f'data-text="{size}"' in client.get("/ui/").content.decode()


@pytest.mark.parametrize("chosen", [{}, {"text": "100"}])
def test_help_enlarges_the_text_unless_a_size_was_chosen(client, chosen):
    choose(client, help="on", **chosen)

    page = client.get("/dang-nhap").content.decode()

    assert f'data-text="{chosen.get("text", "125")}" data-help' in page
    assert 'href="tel:1022"' in page and "Đọc to trang này" in page


def test_help_is_turned_off_again(client):
    choose(client, help="on")
    choose(client, help="off")

    page = client.get("/dang-nhap").content.decode()

    assert "data-help" not in page and "reading.js" not in page


@pytest.mark.parametrize(
    "chosen", [{"theme": "neon"}, {"language": "xx"}, {"text": "900"}, {"help": "maybe"}, {}]
)
def test_what_is_not_offered_is_not_kept(client, chosen):
    answer = choose(client, **chosen)

    assert not answer.cookies.keys() & {"theme", "django_language", "text", "help"}


@pytest.mark.parametrize("target", ["https://elsewhere.example.vn/", "//elsewhere.example.vn", ""])
def test_nobody_is_led_elsewhere(client, target):
    assert choose(client, theme="dark", next=target).headers["Location"] == "/"


@pytest.mark.parametrize("code", [400, 403, 404, 409, 422, 429, 500, 503])
def test_every_failure_says_what_to_do(client, rf, code):
    from django.template.loader import render_to_string

    request = None if code in (500, 503) else rf.get("/")
    text = render_to_string(f"errors/{code}.html", {}, request)

    assert "<h1>" in text and "</title>" in text
    assert "1022" in text


def test_a_missing_page_is_one_of_ours(client):
    answer = client.get("/khong-co-trang-nay")

    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()
