"""Applications that sign people in by us, what people allowed them, and what was issued."""

from typing import ClassVar

from django.db import models

from motcua.contexts.identity.models.accounts import Account
from motcua.kernel.db import uuid7
from motcua.kernel.fields import SealedText


class Application(models.Model):
    """An application of an agency, registered by an administrator. Only a hash of its secret.

    is_public: it runs on people's own devices, where no secret is one; it has none.
    sign_out_uri: where its server hears that somebody's sign-in has ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.CharField(max_length=40, unique=True)
    is_public = models.BooleanField(default=False)
    secret_digest = models.BinaryField(max_length=32, null=True)
    secret_set_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=100)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    redirect_uris = models.JSONField(default=list)
    logout_uris = models.JSONField(default=list)
    sign_out_uri = models.CharField(max_length=500, blank=True)
    asked = models.JSONField(default=list, help_text="[{scope, purpose, required}]")
    sector = models.CharField(max_length=100)
    whole_number = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="identity_secret_unless_public",
                condition=models.Q(is_public=True, secret_digest__isnull=True)
                | models.Q(is_public=False, secret_digest__isnull=False),
            )
        ]


class Consent(models.Model):
    """One «Đồng ý»: to whom, what, what for, in the words that were shown. Never changed, ended.

    subject: the name by which the sector knows the account, kept so that no change of keys
    changes it. offered: all that was asked; granted: what was ticked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=100)
    subject = models.CharField(max_length=32)
    offered = models.JSONField(default=list)
    granted = models.JSONField(default=list)
    shown = models.JSONField(default=list, help_text="[{scope, purpose}] as the page said it")
    whole_number = models.BooleanField(help_text="the page said that the whole number goes out")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "account"],
                condition=models.Q(ended_at__isnull=True),
                name="identity_one_consent",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "sector"], name="identity_consent_of"),
        ]


class Grant(models.Model):
    """One sign-in at an application: a code, and every token that came of it.

    It ends as a whole: when a code or a refresh token comes a second time, or with the session of
    ours that it began in. began_in: the mark of that session.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    session_name = models.CharField(max_length=32, unique=True, help_text="`sid` of its tokens")
    began_in = models.CharField(max_length=32, blank=True)
    scopes = models.JSONField(default=list)
    code_digest = models.BinaryField(max_length=32, unique=True)
    code_expires_at = models.DateTimeField()
    code_used_at = models.DateTimeField(null=True)
    redirect_uri = models.CharField(max_length=500)
    challenge = models.CharField(max_length=64, help_text="PKCE, S256")
    nonce = models.CharField(max_length=500, blank=True)
    assurance = models.PositiveSmallIntegerField()
    methods = models.JSONField(default=list)
    signed_in_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["consent", "-started_at"], name="identity_grant_of"),
            models.Index(
                fields=["began_in"],
                condition=models.Q(ended_at__isnull=True),
                name="identity_grant_within",
            ),
        ]


class IssuedToken(models.Model):
    """An access or refresh token, by hash. used_at: a refresh token is good for one time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, help_text="ACCESS or REFRESH")
    digest = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class SigningKey(models.Model):
    """A key that signs identity tokens: published first, then signing, then only verifying.

    signs_from: empty while it waits. Retired ones keep their public half, to verify.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_id = models.CharField(max_length=43, unique=True, help_text="thumbprint (RFC 7638)")
    private_pem = SealedText(null=True)
    public = models.JSONField(help_text="a JSON Web Key")
    made_at = models.DateTimeField()
    signs_from = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["retired_at"],
                condition=models.Q(retired_at__isnull=True, signs_from__isnull=False),
                nulls_distinct=False,
                name="identity_one_key_signs",
            ),
            models.UniqueConstraint(
                fields=["signs_from"],
                condition=models.Q(retired_at__isnull=True, signs_from__isnull=True),
                nulls_distinct=False,
                name="identity_one_key_waits",
            ),
        ]
