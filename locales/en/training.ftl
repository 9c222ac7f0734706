# Sentences beside the fields of a request.
field-not_a_trainer = This person does not have the role of a trainer.
field-not_its_trainer = This person does not give this training.
field-session_too_long = A session lasts 14 days at most.
field-session_too_long_on_machines = A session that uses machines lasts seven days at most.
field-session_too_far = A session is planned two years ahead at most.
field-session_not_begun = The session has not begun: results can be entered once it has begun.
field-below_taken = { $taken ->
    [one] One seat is already taken
   *[other] { $taken } seats are already taken
}: there cannot be fewer.
field-not_in_session = This person has no seat in this session.
field-already_passed = This person passed before: revoke the certification instead.
field-certification_end = The date must lie between today and fifty years from now.
