"""What we say in SCIM: a User is an officer, a Group a unit, a Post a post of a unit."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.conf import settings
from pydantic import Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    InvalidValueException,
    Meta,
    Mutability,
    Pagination,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

from motcua.contexts.identity.actions.provisioning import NEVER_BY_MACHINE
from motcua.contexts.identity.contracts.provisioning import (
    ProvisionedOfficer,
    ToldOfficer,
    ToldPost,
    ToldUnit,
)
from motcua.contexts.organisations.contracts import PostView, UnitView
from motcua.kernel.actors import Role

TO_GROUP: type[Reference[Any]] = Reference["Group"]
TO_USER: type[Reference[Any]] = Reference["User"]
MOST = 200  # resources in one answer


class WorkMail(ComplexAttribute):
    """The officer's address at work; there is one."""

    value: Annotated[str | None, Required.true] = None


class User(Resource[Any]):
    """Cán bộ. userName is the staff number, which stays for life."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[
        str | None, Required.true, Uniqueness.server, Mutability.immutable, CaseExact.false
    ] = None
    display_name: Annotated[str | None, Required.true] = None
    active: Annotated[bool | None, Required.true] = None
    emails: Annotated[list[WorkMail] | None, Required.true] = None


class Member(ComplexAttribute):
    """Who holds a post of the unit: told, and changed at the post."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    display: Annotated[str | None, Mutability.read_only] = None


Placed = TypeVar("Placed", bound=Extension)


class Placement(Extension):
    """Where the unit stands. parent: left out, the unit is directly below the city."""

    __schema__ = URN("urn:motcua:params:scim:schemas:extension:2.0:Placement")

    parent: Reference["Group"] | None = None


class UnitGroup(Resource[Placed]):
    """Cơ quan, đơn vị. Whatever has competence is changed by acts of the organisation alone."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = None
    members: Annotated[list[Member] | None, Mutability.read_only] = None


Group = UnitGroup[Placement]
ROLES = sorted(role.value for role in Role if role not in NEVER_BY_MACHINE)


class Post(Resource[Any]):
    """Vị trí at a unit, with one role and at most one holder."""

    __schema__ = URN("urn:motcua:params:scim:schemas:2.0:Post")

    display_name: Annotated[str | None, Required.true] = None
    unit: Annotated[Reference["Group"] | None, Required.true, Mutability.immutable] = None
    role: Annotated[str | None, Required.true, Mutability.immutable, CaseExact.true] = Field(
        None, examples=ROLES
    )
    holder: Reference["User"] | None = None


CONFIG = ServiceProviderConfig(
    patch=Patch(supported=True),
    bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
    filter=Filter(supported=True, max_results=MOST),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=False),
    etag=ETag(supported=False),
    pagination=Pagination(cursor=False, index=True, default_page_size=100, max_page_size=MOST),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Bearer",
            description="The token that an administrator made for the client.",
            primary=True,
        )
    ],
)
PROVIDER = ScimProvider(
    models=[User, UnitGroup, Placement, Post],
    resource_types=[ResourceType.from_resource(one) for one in (User, Group, Post)],
    config=CONFIG,
)


def place(kind: str, name: object) -> str:
    return f"{settings.PUBLIC_ORIGIN}/scim/v2/{kind}/{name}"


def user_of(officer: ProvisionedOfficer) -> User:
    told = officer.told
    return User(
        id=str(officer.id),
        external_id=told.external_id or None,
        user_name=told.staff_no,
        display_name=told.full_name,
        active=told.is_active,
        emails=[WorkMail(value=told.email)] if told.email else None,
        meta=Meta(
            resource_type="User",
            created=officer.created_at,
            location=place("Users", officer.id),
        ),
    )


def told_of(user: User) -> ToldOfficer:
    """Raises: InvalidValueException."""
    mails = [mail.value for mail in user.emails or () if mail.value]
    name, number = (user.display_name or "").strip(), (user.user_name or "").strip()
    if len(mails) != 1:
        raise InvalidValueException(detail="emails: exactly one address is kept")
    if not 0 < len(name) <= 100 or not 0 < len(number) <= 64:
        raise InvalidValueException(detail="displayName up to 100, userName up to 64 characters")
    if user.external_id and len(user.external_id) > 200:
        raise InvalidValueException(detail="externalId up to 200 characters")
    return ToldOfficer(
        staff_no=number,
        full_name=name,
        email=mails[0],
        is_active=user.active is not False,
        external_id=user.external_id or "",
    )


def group_of(
    unit: UnitView, members: Sequence[Member], *, city: UUID, external_id: str | None
) -> Group:
    group = Group(
        id=str(unit.id),
        external_id=external_id,
        display_name=unit.name,
        members=list(members) or None,
        meta=Meta(resource_type="Group", location=place("Groups", unit.id)),
    )
    if unit.parent_id not in {None, city}:
        group[Placement] = Placement(parent=TO_GROUP(place("Groups", unit.parent_id)))
    return group


def post_of(post: PostView, external_id: str | None) -> Post:
    holder = TO_USER(place("Users", post.holder_id)) if post.holder_id else None
    return Post(
        id=str(post.id),
        external_id=external_id,
        display_name=post.title,
        unit=TO_GROUP(place("Groups", post.unit_id)),
        role=post.role.value,
        holder=holder,
        meta=Meta(resource_type="Post", location=place("Posts", post.id)),
    )


def told_unit(group: Group, *, city: UUID) -> ToldUnit:
    """city: what a unit without a parent is below. Raises: InvalidValueException."""
    placed = group[Placement]
    parent = pointed_at(placed.parent, "parent") if placed else None
    return ToldUnit(
        name=title_in(group), parent_id=parent or city, external_id=external_id_in(group)
    )


def title_in(told: Group | Post) -> str:
    """Raises: InvalidValueException."""
    title = (told.display_name or "").strip()
    if not 0 < len(title) <= 100:
        raise InvalidValueException(detail="displayName: 1 to 100 characters")
    return title


def external_id_in(told: Group | Post) -> str:
    """Raises: InvalidValueException."""
    if told.external_id and len(told.external_id) > 200:
        raise InvalidValueException(detail="externalId up to 200 characters")
    return told.external_id or ""


def told_post(post: Post) -> ToldPost:
    """Raises: InvalidValueException."""
    unit = pointed_at(post.unit, "unit")
    if unit is None or post.role not in set(Role):
        raise InvalidValueException(detail=f"unit: a Group; role: one of {', '.join(ROLES)}")
    holder = pointed_at(post.holder, "holder")
    return ToldPost(
        unit_id=unit, role=Role(post.role), title=title_in(post), holder_id=holder,
        external_id=external_id_in(post),
    )  # fmt: skip


def pointed_at(reference: str | None, name: str) -> UUID | None:
    """The id at the end of an address, or alone. Raises: InvalidValueException."""
    if not reference:
        return None
    try:
        return UUID(reference.rstrip("/").rsplit("/", 1)[-1])
    except ValueError as malformed:
        raise InvalidValueException(detail=f"{name}: not the address of a resource") from malformed
