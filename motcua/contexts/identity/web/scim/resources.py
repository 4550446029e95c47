"""What we say in SCIM: a User is an officer, a Group is a post with at most one holder."""

from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Filter,
    InvalidValueException,
    Meta,
    Mutability,
    Pagination,
    Patch,
    Required,
    Resource,
    ResourceType,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

from motcua.contexts.identity.contracts.provisioning import ProvisionedOfficer, ToldOfficer
from motcua.contexts.organisations.contracts import PostView

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


class Holder(ComplexAttribute):
    """Who holds the post: the id of a User."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    display: Annotated[str | None, Mutability.read_only] = None


class Group(Resource[Any]):
    """Vị trí. Posts are made by acts of the organisation; a client only says who holds them."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Mutability.read_only] = None
    members: list[Holder] | None = None


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
    models=[User, Group],
    resource_types=[ResourceType.from_resource(User), ResourceType.from_resource(Group)],
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


def group_of(post: PostView, names: dict[UUID, str]) -> Group:
    holder = post.holder_id
    return Group(
        id=str(post.id),
        display_name=f"{post.title}, {post.unit_name}",
        members=[Holder(value=str(holder), display=names.get(holder))] if holder else None,
        meta=Meta(resource_type="Group", location=place("Groups", post.id)),
    )


def holder_in(group: Group) -> UUID | None:
    """Raises: InvalidValueException."""
    members = [one.value for one in group.members or () if one.value]
    if len(members) > 1:
        raise InvalidValueException(detail="members: a post has one holder")
    try:
        return UUID(members[0]) if members else None
    except ValueError as malformed:
        raise InvalidValueException(detail="members: not the id of a User") from malformed
