"""Two workers at one folder of scans."""

import os
import threading

from django.db import connections

from motcua.contexts.documents.actions import picking_up
from motcua.contexts.documents.models import ScannedArrival, StoredFile
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.clock import city_date


def test_two_workers_pick_each_scan_up_once(small_city_for_threads, settings, tmp_path):
    settings.SCANNER_FOLDER = tmp_path / "quet"
    unit = next(u for u in organisations.all_units(city_date(clock.now())) if u.ward_code)
    place = settings.SCANNER_FOLDER / unit.code
    place.mkdir(parents=True)
    then = clock.now().timestamp() - 60
    for number in range(6):
        path = place / f"quet{number}.pdf"
        path.write_bytes(a_pdf(str(number)))
        os.utime(path, (then, then))
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        picking_up.pick_up(now=clock.now())
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert ScannedArrival.objects.count() == 6
    assert StoredFile.objects.count() == 6
    assert not [path for path in place.iterdir() if path.is_file()]
