field-nothing_to_change = Give a new start, a new end, or both.
field-one_to_five = Name one to five rules to let pass.

reservation-what = Machine
reservation-when = When
reservation-where = Workshop
reservation-before = Before
reservation-why = Reason

reservation-confirmed-subject = Reservation confirmed: { $machine }, { $starts_at }
reservation-confirmed-body = Your reservation is confirmed. The attached invitation adds it to your calendar.
reservation-moved-subject = Reservation moved: { $machine }, { $starts_at }
reservation-moved-by-you = You moved your reservation. The attached invitation updates your calendar.
reservation-moved-by-staff = The lab’s team moved your reservation. The attached invitation updates your calendar.
reservation-cancelled-subject = Reservation cancelled: { $machine }, { $starts_at }
reservation-cancelled-by-you = You cancelled this reservation. The place is free again.
reservation-cancelled-by-staff = The lab’s team cancelled this reservation.
reservation-reminder-subject = Reminder: { $machine }, { $starts_at }
reservation-reminder-body = Your reservation is coming up. If you cannot come, please cancel it: somebody else may be waiting for the place.

reservation-released-subject = Booking released: { $machine }
reservation-released-body = Nobody showed a badge for your booking of { $machine }, { $starts_at }: we gave the place back to whoever needs it. If you are on your way, book again.
