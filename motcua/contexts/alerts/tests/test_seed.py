"""What a fresh city shows of alerts: exercises of the past and one that waits, no band."""

from django.core.management import call_command

from motcua.contexts.alerts.contracts import Ended, State, Status
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.queries.live import in_force
from motcua.contexts.alerts.tests.cap_rules import faults
from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock


def test_a_fresh_city_has_exercises_in_its_history_and_no_band(small_city, client, settings):
    settings.DEVELOPMENT_PASSWORD = "for this test"
    for staff_no in ("ha", "van"):
        identity.an_officer_account(staff_no, officer_id=the_officer(staff_no).id)

    call_command("seed_alerts")
    call_command("seed_alerts")

    rows = Alert.objects.order_by("drafted_at", "id")
    assert {one.status for one in rows} == {Status.EXERCISE}
    ends = [(one.state, one.ended_as) for one in rows]
    assert ends[:2] == [(State.ENDED, Ended.REPLACED), (State.ENDED, Ended.CANCELLED)]
    assert ends[3:] == [(State.DRAFT, "")]
    assert all(faults(one.cap) == [] for one in rows if one.cap)
    assert in_force(clock.now()) == ()
    home, history = (client.get(url).content.decode() for url in ("/", "/canh-bao"))
    assert "alert--emergency" not in home
    assert history.replace("\u00a0", " ").count("Diễn tập, không có nguy hiểm thật") == 3


def test_without_sample_officers_nothing_is_invented(small_city, settings):
    settings.DEVELOPMENT_PASSWORD = ""

    call_command("seed_alerts")

    assert not Alert.objects.exists()
