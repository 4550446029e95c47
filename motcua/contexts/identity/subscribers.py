"""What identity does when something happened: applications hear that a sign-in has ended."""

from motcua.contexts.identity.actions.grants import PARTNER, note_sign_out_told
from motcua.contexts.identity.actions.signing_keys import key_that_signs
from motcua.contexts.identity.adapters import sign_out_news
from motcua.contexts.identity.events import ApplicationSignInEnded
from motcua.contexts.identity.queries import applications
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(ApplicationSignInEnded)
def tell_application(event: ApplicationSignInEnded) -> None:
    """OpenID Connect Back-Channel Logout 1.0. Told twice is told once: the same `jti`."""
    grant, now = applications.grant(event.subject), clock.now()
    if grant is None or grant.consent.application.closed_at is not None:
        return
    where = grant.consent.application.sign_out_uri
    if not where:
        return
    sign_out_news.tell(grant, where=where, key=key_that_signs(now=now), now=now)
    note_sign_out_told(grant, actor=PARTNER, now=now)
