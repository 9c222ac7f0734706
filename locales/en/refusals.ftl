# One sentence for each code. An attribute named after a fact adds its sentence when the fact is known.

refusal-lab_closed = The lab is closed during all or part of this time.
    .to = Time asked for: from { $from } to { $to }.
refusal-machine_out_of_service = This machine is not in service during this time.
    .machine_name = Machine in question: { $machine_name }.
    .state = { $state ->
        [maintenance] It is under maintenance.
        [broken] It is broken.
        [locked] It has been locked by the staff.
       *[other] It is out of use.
    }
    .reason = Reason: { $reason }.
    .until = Expected back: { $until }.
refusal-machine_taken = This machine is already taken during this time.
    .kind = { $kind ->
        [reservation] It is booked.
        [training_session] A safety training is given on it.
        [group_session] A group uses it.
        [maintenance] It is being looked after.
       *[other] It is kept for somebody.
    }
    .machine_name = Machine in question: { $machine_name }.
refusal-workshop_full = The workshop is full during this time.
    .capacity = { $capacity ->
        [one] It holds one person at a time.
       *[other] It holds { $capacity } people at a time.
    }
refusal-member_elsewhere = You are already expected elsewhere at the same time.
    .kind = { $kind ->
        [training_session] You take part in a training.
       *[other] You have booked another machine.
    }
    .since = It begins: { $since }.
refusal-period_in_past = This time has already passed.
refusal-too_soon = This time is too close.
    .notice_minutes = This machine is booked at least { $notice_minutes } ahead.
refusal-too_far = This time is too far away.
    .horizon_days = { $horizon_days ->
        [one] This machine is booked at most one day ahead.
       *[other] This machine is booked at most { $horizon_days } days ahead.
    }
refusal-period_misaligned = The start or the end is not on one of this machine’s time slots.
    .grid_minutes = Slots begin every { $grid_minutes }, counted from midnight.
refusal-too_short = This is too short.
    .min_minutes = The minimum is { $min_minutes }.
refusal-too_long = This is too long.
    .max_minutes = The maximum is { $max_minutes }.
refusal-email_unconfirmed = Your e-mail address is not confirmed yet: open the link we sent you.
refusal-account_suspended = Your account is suspended.
    .until = The suspension ends: { $until }.
    .reason = Reason: { $reason }.
refusal-charter_unsigned = You have not accepted the current version of the house rules yet.
refusal-membership_missing = No membership covers the date of this booking.
    .on = Date in question: { $on }.
refusal-training_missing = You lack a safety training that this machine requires.
    .training_name = Training required: { $training_name }.
refusal-training_expired = One of your safety trainings is no longer valid at the end of this time.
    .training_name = Training in question: { $training_name }.
    .since = Valid until: { $since }.
refusal-training_suspended = One of your safety trainings is suspended.
    .training_name = Training in question: { $training_name }.
refusal-too_young = This machine asks for a minimum age.
    .min_age = It is for people aged { $min_age } and over on that day.
    .birth_date = We do not know your date of birth: add it to your details.
refusal-guardian_consent_missing = The signed consent of your legal guardian is missing.
refusal-supervision_required = This machine is used only while a member of staff is present, and nobody is during the whole of this time.
refusal-quota_exceeded = This booking would exceed what your plan allows.
    .limit_minutes = You are entitled to { $limit_minutes } a week.
    .limit_reservations = { $limit_reservations ->
        [one] You may have one booking ahead at a time.
       *[other] You may have { $limit_reservations } bookings ahead at a time.
    }
    .used_minutes = Already booked: { $used_minutes }.
refusal-badge_unknown = This badge was given to nobody: show it to the staff.
refusal-badge_revoked = This badge is no longer valid.
refusal-reservation_missing = This machine is used with a reservation, and you have none for now.
refusal-reserved_for_other = This machine is reserved for somebody else.
    .since = Reserved from: { $since }.
refusal-machine_in_use = Somebody else is using this machine.
refusal-machine_offline = The plug of this machine does not answer, so nothing would switch it on. Please tell the staff.
refusal-locked_out = This machine is locked out: do not switch it on.
    .class = { $class ->
        [defect] A defect was reported.
        [emergency] An emergency stop was reported.
        [maintenance] It is under maintenance.
       *[other] It has to be checked.
    }
    .reason = Reason: { $reason }.
refusal-second_factor_missing = A badge is not enough for this machine: enter your PIN or confirm on your phone.
    .pin = { $pin ->
        [wrong] This PIN is not the right one.
        [unset] You have not chosen a PIN yet: do so in your account.
       *[shut] After five wrong PINs none counts for a quarter of an hour: confirm on your phone.
    }
refusal-supervisor_missing = This machine is not switched on alone.
    .supervision = { $supervision ->
        [trainer] A trainer or the staff must show their badge within 30 seconds.
       *[other] A second person who may use it must show their badge within 30 seconds.
    }

refusal-malformed_request = The request cannot be read: it is not valid JSON.
refusal-invalid_request = Some values in the request are not right: see the detail of each field.
refusal-unknown_field = The request has a field we do not know.
refusal-invalid_period = The end must come after the start, and the length must be reasonable.
refusal-unsupported_media_type = The body of the request must be JSON (application/json).
refusal-body_too_large = The request is too long: 64 KiB at most.
refusal-method_not_allowed = This address exists, but not for this action.
refusal-not_found = We cannot find what you are looking for.
refusal-precondition_failed = Somebody changed this since you read it: read it again before changing it.
refusal-precondition_required = This replaces everything there is: say in "If-Match" which version you have read.
refusal-idempotency_key_reused = This idempotency key was already used for another request.
refusal-idempotency_in_progress = The same request is being dealt with right now: try again in a moment.

refusal-unauthenticated = Please sign in first.
    .header = A header is missing or cannot be read: { $header }.
refusal-wrong_credentials = The address or the password is not right.
refusal-forbidden = You may not do this.
refusal-csrf_token_missing = The page has grown old: reload it and try again.
refusal-token_invalid = This link is no longer valid: ask for a new one.
refusal-too_many_tries = Too many tries in a short time: please wait a little before trying again.

refusal-email_taken = This address already belongs to another account.
refusal-slug_taken = This short name is already taken.
refusal-closure_exists = This closure exists already, for the same period.
refusal-membership_exists = This person already has this membership, from the same day on.
refusal-last_admin = The lab must keep at least one administrator.
refusal-override_not_allowed = Nobody can lift this rule: certify, repair or sign instead.
refusal-too_late_to_cancel = It is too late to cancel this booking yourself: please speak to the staff.
    .notice_minutes = Cancelling is possible until { $notice_minutes } before the start.
    .until = The limit was: { $until }.
refusal-reservation_over = This booking is cancelled or over: it can no longer be changed.
refusal-already_enrolled = You are already enrolled in this session.
refusal-not_enrolled = This person is not enrolled in this session.
refusal-session_over = This session can no longer change.
refusal-trainer_busy = The trainer already leads another session at the same time.
refusal-trainer_missing = The person who was to teach no longer gives this training: give it to somebody else.
refusal-certification_over = This certification is over: it can no longer change.
refusal-letter_not_retryable = This letter has already gone: there is nothing to send again.

refusal-signature_invalid = The signature of this controller does not match its request.
refusal-controller_unknown = We do not know this controller: pair it first.
refusal-clock_skew = The clock of this controller is more than a minute off: it must take the time from the server.
refusal-nonce_used = This signed request has been received already: it counts once.
refusal-controller_waiting = This controller is waiting for the staff to accept it by the code on its display.
refusal-controller_revoked = This controller, or its key, was revoked: it must make a new key and be paired again.
refusal-machine_not_bound = This controller does not act on this machine.
refusal-pairing_code_taken = Another controller already shows this code: choose another.
refusal-badge_taken = Somebody has this badge already: take it back first.
refusal-badge_needed = This machine is not switched on by phone: show your badge at its reader.
refusal-plug_in_use = Somebody has this machine on: end the session first, then add, change or take away its plug.

refusal-overloaded = The server is very busy: try again in a moment.
refusal-internal_error = Something broke on our side. Give the number of the request to the staff if it happens again.
