"""Trên máy này: the pages as an app of the phone, to read and to send without a network.

The worker in the browser (`worker/*.js`) keeps pages and acts; the city only says which ones may be
kept (below), who is signed in, and with which token an act that waited is sent.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.kernel import clock
from motcua.kernel.access import citizens, open_to_all, route
from motcua.kernel.actors import Actor
from motcua.kernel.web import SIGN_IN, actor_of, page
from motcua.portals.citizen.saying import name_of
from motcua.ui.parts import Action, Empty

WORKER = Path(__file__).parent / "worker"
PARTS = (
    "store.js",
    "pages.js",
    "queue.js",
    "push.js",
    "door.js",
)  # in this order: one script of the browser
DEVICE, OFFLINE, PULSE, SHARED = "/may-nay", "/mat-mang", "/may-nay/nhip", "/chia-se"
# Beginnings of addresses: "/" is the home page alone.
OPEN_PAGES = ("/", "/thu-tuc", "/tim")
OWN_PAGES = ("/", "/ho-so", "/vi", "/thong-bao", "/thu-tuc", "/nhap")
FIRST_PAGES = ("/", "/ho-so", "/vi", "/thong-bao")  # read at once when somebody switches it on
ASSETS = (
    "ui/motcua.css",
    "ui/app.js",
    "ui/autosave.js",
    "ui/device.js",
    "ui/suggest.js",
    "ui/icon.svg",
    "vendor/htmx.js",
    "fonts/bvp-400.woff2",
)
COUNTER = "/quay/mat-mang"  # on machines of a desk, where their page asks for it
COUNTER_ASSETS = (
    "ui/window.js",
    "ui/window-rules.js",
    "ui/window-store.js",
    "ui/motcua.css",
    "ui/app.js",
    "ui/icon.svg",
    "fonts/bvp-400.woff2",
)
FIELD = "/ban/thuc-dia/mat-mang"  # on the phone of an officer, where its page asks for it
FIELD_ASSETS = (
    "ui/field.js",
    "ui/window-rules.js",
    "ui/window-store.js",
    "ui/kinds.js",
    "ui/motcua.css",
    "ui/app.js",
    "ui/icon.svg",
    "fonts/bvp-400.woff2",
)
INK = "#06323b"
DAYS = 30  # that an act waits for its person to come back to this browser


@dataclass(frozen=True, slots=True)
class Queued:
    """Acts that may wait. path: a regular expression, as JavaScript reads it."""

    kind: str
    path: str


QUEUED = (
    Queued("answers", "^/nhap/[0-9a-f-]{36}/trang/[a-z0-9_-]+(/luu)?$"),
    Queued("submission", "^/nhap/[0-9a-f-]{36}/xem-lai$"),
    Queued("supplement", "^/ho-so/[^/]+/gui-them$"),
    Queued("message", "^/ho-so/[^/]+/nhan-tin$"),
    Queued("rating", "^/ho-so/[^/]+/cham-diem$"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What an act that waits is called."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicePage:
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A draft whose papers may receive a shared file."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    rooms: tuple[Room, ...]
    empty: Empty


def account_tag(actor: Actor) -> str:
    """Whose acts wait in a browser: names nobody, differs by account and by whom one acts for."""
    if not actor.account_id:
        return ""
    whose = f"{actor.account_id}/{actor.mandate.id if actor.mandate else ''}"
    return salted_hmac("motcua.device", whose).hexdigest()[:16]


@require_safe
@route(open_to_all)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that the browser runs beside our pages, for all of them."""
    answer = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@cache
def _script() -> str:
    body = "\n".join((WORKER / name).read_text(encoding="utf-8") for name in PARTS)
    told: dict[str, object] = {
        "assets": [static(name) for name in ASSETS],
        "days": DAYS,
        "counter": COUNTER,
        "counterAssets": [static(name) for name in COUNTER_ASSETS],
        "field": FIELD,
        "fieldAssets": [static(name) for name in FIELD_ASSETS],
        "device": DEVICE,
        "first": FIRST_PAGES,
        "icon": static("ui/icon-192.png"),
        "languages": [code for code, _name in settings.LANGUAGES],
        "offline": OFFLINE,
        "open": OPEN_PAGES,
        "own": OWN_PAGES,
        "pulse": PULSE,
        "queued": [asdict(queued) for queued in QUEUED],
        "shared": SHARED,
        "signIn": SIGN_IN,
        "statics": settings.STATIC_URL,
    }
    told["version"] = hashlib.sha256((body + json.dumps(told)).encode()).hexdigest()[:12]
    return f'"use strict";\nconst CONFIG = {json.dumps(told)};\n{body}'


@require_safe
@route(open_to_all)
def manifest(request: HttpRequest) -> HttpResponse:
    """W3C Web Application Manifest: how the phone shows the app, what others may share with it."""
    shortcuts = (
        (_("Hồ sơ của tôi"), "/ho-so"),
        (_("Tìm thủ tục"), "/thu-tuc"),
        (_("Ví giấy tờ"), "/vi"),
    )
    told = {
        "id": "/",
        "name": _("Công dân số TP. Hồ Chí Minh"),
        "short_name": _("Công dân số"),
        "description": _("Nộp, theo dõi và nhận kết quả hồ sơ của Thành phố."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": INK,
        "theme_color": INK,
        "icons": [
            {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *_icons("any", "192", "512"),
            *_icons("maskable", "512"),
        ],
        "shortcuts": [{"name": name, "url": url} for name, url in shortcuts],
        "share_target": {
            "action": SHARED,
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "files": [{"name": "files", "accept": ["image/*", "application/pdf"]}],
            },
        },
    }
    answer = JsonResponse(told, content_type="application/manifest+json")
    answer["Cache-Control"] = "no-cache"
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


def _icons(purpose: str, *sizes: str) -> list[dict[str, str]]:
    ending = "-maskable" if purpose == "maskable" else ""
    return [
        {
            "src": static(f"ui/icon-{size}{ending}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in sizes
    ]


@require_safe
@route(open_to_all)
def device(request: HttpRequest) -> HttpResponseBase:
    """Put the app on the phone, read without a network, see what waits to be sent."""
    titles = {
        "answers": _("Câu trả lời trong hồ sơ nháp"),
        "submission": _("Nộp hồ sơ"),
        "supplement": _("Gửi thêm giấy tờ"),
        "message": _("Tin nhắn cho cơ quan"),
        "rating": _("Chấm điểm"),
    }
    kinds = tuple(Kind(kind=kind, title=title) for kind, title in titles.items())
    return page(request, "citizen/device.html", DevicePage(kinds=kinds))


@require_safe
@route(open_to_all)
def offline(request: HttpRequest) -> HttpResponseBase:
    """Shown by the worker for a page that this browser has not kept."""
    return page(request, "citizen/offline.html", None)


@never_cache
@require_safe
@route(open_to_all)
def pulse(request: HttpRequest) -> HttpResponse:
    """For whom, and with which token, an act that waited may be sent now."""
    return JsonResponse({"account": account_tag(actor_of(request)), "token": get_token(request)})


@require_safe
@route(citizens)
def shared(request: HttpRequest) -> HttpResponseBase:
    """Another app gave a picture or a file: which draft is it for?"""
    mine = dossiers.drafts_of(actor_of(request), now=clock.now())
    rooms = tuple(
        Room(label=name_of(draft.version), url=f"/nhap/{draft.id}/giay-to") for draft in mine
    )
    model = SharedPage(
        rooms=rooms,
        empty=Empty(
            title=_("Bạn chưa có hồ sơ nháp"),
            text=_("Tệp vẫn nằm trên máy này. Bạn chọn thủ tục, rồi tới trang giấy tờ."),
            icon="file-plus",
            action=Action(label=_("Tìm thủ tục"), url="/thu-tuc"),
        ),
    )
    return page(request, "citizen/shared.html", model)
