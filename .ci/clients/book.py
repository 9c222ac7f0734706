"""Books a machine with the client that openapi-python-client made: book.py URL, with the client's folder in PYTHONPATH."""

import datetime
import sys

from etabli_client import AuthenticatedClient, Client
from etabli_client.api.calendar import get_machine_calendar
from etabli_client.api.people import sign_in
from etabli_client.api.reservations import cancel_reservation, create_reservation, get_reservation
from etabli_client.models import MachineDaysOut, Problem, ReservationIn, ReservationOut, SignInIn, SignInOut

url = sys.argv[1]
machine = "decoupe-laser"

stranger = Client(base_url=url)
signed_in = sign_in.sync(client=stranger, body=SignInIn(email="maker@example.org", password="etabli-demo-2026"))
assert isinstance(signed_in, SignInOut) and signed_in.token, signed_in
maker = AuthenticatedClient(base_url=url, token=signed_in.token)

day = datetime.date.today() + datetime.timedelta(days=9)
calendar = get_machine_calendar.sync(machine, client=stranger, from_=day, days=14)
assert isinstance(calendar, MachineDaysOut), calendar

made, refused = None, None
for free in (free for day in calendar.days for free in day.free):
    wanted = ReservationIn(
        machine=machine, starts_at=free.starts_at, ends_at=free.starts_at + datetime.timedelta(minutes=30)
    )
    answer = create_reservation.sync(client=maker, body=wanted)
    if isinstance(answer, ReservationOut):
        made = answer
        break
    assert isinstance(answer, Problem) and answer.detail, answer
    refused = answer
assert made, refused
assert made.starts_at == wanted.starts_at and made.machine.slug == machine, made

# The same again is a problem with its code and facts, and the reservation is there to be read.
again = create_reservation.sync(client=maker, body=wanted)
assert isinstance(again, Problem) and again.status == 409 and again.code.value == "machine_taken", again
shown = get_reservation.sync(made.id, client=maker)
assert isinstance(shown, ReservationOut) and shown.id == made.id, shown
# Free again for whoever comes next.
gone = cancel_reservation.sync(made.id, client=maker)
assert isinstance(gone, ReservationOut) and gone.state.value == "cancelled", gone
print(f"the client in Python booked {machine} at {made.starts_at:%Y-%m-%d %H:%M} UTC, and gave it back")
