"""Quyền: who may call a route, and which rows of a resource an actor may see.

Two layers, each written once. `route` says who may call a view at all; a view without it fails
the tests. `Policy` says which rows: a set of grounds, each a Vietnamese sentence and a predicate.
The predicate goes into the WHERE of every list, search, count and export, and into the look-up
of a single row, so that a foreign row does not exist for the caller. The sentences answer «vì
sao tôi thấy / không thấy».
"""

import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.kernel import limits
from motcua.kernel.actors import ANONYMOUS, ROLE_NAMES, Actor, ActorKind, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.limits import Limit
from motcua.kernel.purpose import Purpose, purpose_of

M = TypeVar("M", bound=Model)
View = Callable[..., Any]

NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])
PURPOSE = "purpose"  # of the request, once its route has let it in
CASE = "case_read_for"  # of the request: the dossier in hand, where its address names none


class SignInNeeded(Forbidden):
    """Nobody is signed in, and this is not for everybody."""

    sentence = "Bạn cần đăng nhập để mở trang này."


class WrongRole(Forbidden):
    """Signed in, but none of one's posts may do this."""

    sentence = "Vị trí của bạn không có quyền làm việc này."


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route. `names` goes to the generated matrix of routes and roles."""

    name: str
    allows: Callable[[Actor], bool]
    who: str
    roles: frozenset[Role] = frozenset()

    @property
    def who_said(self) -> str:
        """Who, in the reader's language: of several roles each by its own name."""
        return ", ".join(gettext(one) for one in self.who.split(", "))


open_to_all = Access("open", lambda actor: True, "mọi người")
signed_in = Access("signed_in", lambda actor: actor.is_signed_in, "người đã đăng nhập")
citizens = Access("citizens", lambda actor: actor.is_citizen, "người dân đã đăng nhập")
officers = Access("officers", lambda actor: actor.is_officer, "cán bộ")


def roles(*wanted: Role) -> Access:
    """Officers whose posts carry one of these roles."""
    who = ", ".join(ROLE_NAMES[role] for role in wanted)
    return Access("+".join(wanted), lambda actor: actor.has(*wanted), who, frozenset(wanted))


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking, as the identity middleware found it."""
    return getattr(request, "actor", ANONYMOUS)


def purpose_in(request: HttpRequest) -> Purpose:
    """Why the view that answers this request reads, as its route says."""
    found: Purpose = request.__dict__.get(PURPOSE) or purpose_of(actor_of(request))
    return found


def read_for(request: HttpRequest, purpose: Purpose, *, case_code: str = "") -> None:
    """Who asks has said why, and for which dossier: so it stands in the read log."""
    request.__dict__[PURPOSE], request.__dict__[CASE] = purpose, case_code


def case_in(request: HttpRequest) -> str:
    """The dossier that somebody said they read for."""
    return str(request.__dict__.get(CASE, ""))


def route(
    access: Access,
    *,
    keyless: bool = False,
    purpose: Purpose | None = None,
    limit: Limit | None = None,
) -> Callable[[View], View]:
    """Declare who may call this view. `keyless`: an unsafe call that carries its own proof of
    being unrepeated (a signed bank callback), so it needs no idempotency key. `purpose`: why the
    view reads, where that does not follow from who asks. `limit`: how often one caller may,
    besides the limit of the route's class.

    Raises (in the view): SignInNeeded, WrongRole, TooManyCalls.
    """

    def declare(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            check(access, actor)
            limits.guard(request, actor, limit)
            request.__dict__[PURPOSE] = purpose or purpose_of(actor, among=access.roles)
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer

        guarded.__dict__.update(access=access, keyless=keyless, purpose=purpose)
        return guarded

    return declare


def check(access: Access, actor: Actor) -> None:
    """Raises: SignInNeeded, WrongRole (its sentence says who may)."""
    if access.allows(actor):
        return
    if actor.kind is ActorKind.ANONYMOUS:
        raise SignInNeeded
    sentence = _("Việc này dành cho: %(who)s. Bạn đang dùng tài khoản «%(name)s».")
    raise WrongRole(sentence % {"who": access.who_said, "name": actor.name})


class Asked(StrEnum):
    """What a ground asks about."""

    OWN = "OWN"
    MANDATE = "MANDATE"
    POST = "POST"
    UNIT = "UNIT"
    COMPETENCE = "COMPETENCE"
    WATCH = "WATCH"
    EMERGENCY = "EMERGENCY"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason why a row may be seen. The predicate NOTHING says that it cannot be this actor's.

    watches: by a post that watches the whole city; what is in the row then opens only with a
    reason that is kept (`kernel.reasons`).
    """

    sentence: str
    predicate: Q
    asked: Asked = Asked.OWN
    watches: bool = False


def where(condition: object, predicate: Q) -> Q:
    """The predicate for whom the condition holds, nothing for everybody else."""
    return predicate if condition else NOTHING


def joined(predicates: Sequence[Q]) -> Q:
    """One predicate that holds where any of these does."""
    return functools.reduce(Q.__or__, predicates)


class Policy(ABC):
    """Which rows of one resource an actor may see. Subclass once per resource.

    model: its rows («dossiers.Dossier»). named_by: a parameter of an address -> the field that it
    names. under: beginnings of the addresses where that holds, all when empty. lists: addresses
    that list such rows.
    """

    resource: ClassVar[str]
    model: ClassVar[str] = ""
    what: ClassVar[str] = ""  # what people call a row
    whom: ClassVar[str] = ""  # whom to ask who does not see one
    named_by: ClassVar[Mapping[str, str]] = {}
    under: ClassVar[tuple[str, ...]] = ()
    lists: ClassVar[tuple[str, ...]] = ()
    opening: ClassVar[str] = ""  # the action that keeps a reason; for policies that watch
    subject: ClassVar[str] = "pk"  # the field that names a row in the ledger
    tries: ClassVar[bool] = False  # has rows of its own for keys that try out
    registry: ClassVar[dict[str, "Policy"]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Policy.registry[cls.resource] = cls()

    @abstractmethod
    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        """Every reason there is, each with what it lets this actor see."""

    def held(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        """The reasons that could let this actor see rows; empty means none.

        A key for trying out sees no row of the city, whatever its owner sees.
        """
        if actor.sandbox and not self.tries:
            return ()
        grounds = self.grounds(actor, now=now)
        return tuple(ground for ground in grounds if ground.predicate is not NOTHING)

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        """The grounds joined by OR: the one SQL predicate of this resource."""
        found = self.held(actor, now=now)
        return joined([ground.predicate for ground in found]) if found else NOTHING


def visible(
    rows: "QuerySet[M]", actor: Actor, policy: type[Policy], *, now: datetime
) -> "QuerySet[M]":
    """The rows of the queryset that the actor may see."""
    return rows.filter(Policy.registry[policy.resource].predicate(actor, now=now))
