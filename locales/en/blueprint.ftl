# What is wrong with a lab file (`etabli lab check`), and what `etabli lab apply` says.
blueprint-syntax = This is not valid TOML: { $message }.
blueprint-missing = “{ $key }” is missing here.
blueprint-unknown-key = Nobody knows “{ $key }” here. Possible keys: { $known }.
blueprint-duplicate = “{ $slug }” is taken already on line { $line }: each slug serves only once.
blueprint-range = “{ $key }” must lie between { $least } and { $most }.
blueprint-min-over-max = The shortest length ({ $least } min) is longer than the longest ({ $most } min): correct “min_minutes” or “max_minutes”.
blueprint-ends-before-start = “{ $key }” must come after the start.
blueprint-hours-overlap = These hours overlap those of line { $line }, from { $from } to { $to }.
blueprint-one-of-two = A closure is about a “workshop” or a “machine”, not both; neither means the whole lab.
blueprint-no-such-time = “{ $key }” falls into the hour that does not exist when summer time begins ({ $zone }).
blueprint-unknown-training = No training of the file is called “{ $slug }”.
blueprint-unknown-slug = Nothing in the file is called “{ $slug }” ({ $key }).
blueprint-expected-title = “{ $key }” wants a text in quotes, 1 to 120 characters long.
blueprint-expected-prose = “{ $key }” wants a text in quotes that is not empty.
blueprint-expected-slug = “{ $key }” wants a short name for links: lower-case letters without accents, digits and hyphens, such as "scie-ruban" (at most 60 characters).
blueprint-expected-slugs = “{ $key }” wants a list of short names, such as ["securite-bois", "scie-panneau"].
blueprint-expected-number = “{ $key }” wants a whole number, without quotes.
blueprint-expected-flag = “{ $key }” wants true or false, without quotes.
blueprint-expected-zone = “{ $key }” wants a time zone, such as "Europe/Paris".
blueprint-expected-wall-time = “{ $key }” wants a time in quotes, such as "09:00"; "24:00" is midnight at the end of the day.
blueprint-expected-days = “{ $key }” wants a list of days, such as ["tuesday", "wednesday"].
blueprint-expected-date = “{ $key }” wants a date, such as 2026-09-01.
blueprint-expected-moment = “{ $key }” wants a date, such as 2026-12-24, or a date and a time of the lab, such as 2026-12-24T12:00:00.
blueprint-expected-table = “{ $key }” wants several keys, under [{ $key }] or in braces.
blueprint-expected-tables = “{ $key }” is written in double brackets, once for each: [[{ $key }]].
blueprint-expected-reservation = “{ $key }” wants "walk_in" or "reservation_required".
blueprint-expected-link-loss-running = “{ $key }” wants "continue_until_idle", "continue_for" or "stop".
blueprint-expected-link-loss-start = “{ $key }” wants "deny", "allow_list" or "staff_only".
blueprint-expected-supervision = “{ $key }” wants "none", "trainer" or "buddy".
blueprint-start-needs-server = From risk class 2 on, or where somebody has to stand by, a machine does not start without the server: only “deny” will do.
blueprint-idle-by-halves = “idle_watts” and “idle_minutes” go together: give both.

blueprint-count = { $count ->
    [one] One mistake in { $file }.
   *[other] { $count } mistakes in { $file }.
}
blueprint-right = { $file } is in order.
blueprint-same = Nothing to change: the lab already is as the file says.
blueprint-made = Added: { $what }
blueprint-changed = Changed: { $what }
blueprint-left = Not in the file, left as it is: { $what }
blueprint-hurt = { $count ->
    [one] One reservation ahead now falls outside the opening hours: staff decide to keep or to cancel it.
   *[other] { $count } reservations ahead now fall outside the opening hours: staff decide to keep or to cancel them.
}
blueprint-kind-lab = lab
blueprint-kind-hours = opening hours
blueprint-kind-closure = closure
blueprint-kind-plan = plan
blueprint-kind-training = training
blueprint-kind-workshop = workshop
blueprint-kind-machine = machine
