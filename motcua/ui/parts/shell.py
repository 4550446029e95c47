"""Khung trang: navigation and what surrounds a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """current: None lets the shell compare `url` with the address of the page.

    main: the raised button in the middle of the phone's tab bar. phone: shown in that bar.
    """

    label: str
    url: str
    icon: str = ""
    current: bool | None = None
    badge: int = 0
    badge_label: str = ""
    main: bool = False
    phone: bool = True
    group: str = ""  # a heading above this item in the rail of the desk
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Cảnh báo khẩn cấp: the full-width strip above everything, what to do first.

    exercise: the mark of what is not meant. more: how many others there are.
    """

    title: str
    text: str = ""
    where: str = ""
    until: str = ""
    source: str = ""
    url: str = ""
    url_label: str = ""
    exercise: str = ""
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What surrounds a page. person: display name of who is signed in, empty for nobody.

    acting_for: in whose name they work, when that is somebody else. is_app: the phone may keep its
    pages, and acts that wait for a network under the tag `device` of whoever is signed in.
    explained: what one does on pages of this kind, for who asked for help. keys_off: the keys of
    the desk that this officer does not want.
    """

    brand: str
    place: str
    home_url: str
    nav: tuple[NavItem, ...] = ()
    person: str = ""
    person_note: str = ""
    sign_in_url: str = "/dang-nhap"
    sign_out_url: str = "/dang-xuat"
    person_url: str = ""
    inbox_url: str = ""
    unread: int = 0
    search_url: str = ""
    search_label: str = ""
    band: Band | None = None
    acting_for: str = ""
    is_app: bool = False
    device: str = ""
    explained: str = ""
    keys_off: str = ""
