# What a simulated controller shows.
sim-relay-on = relay    [ON ]
sim-relay-off = relay    [off]
sim-display = display | { $text }
sim-rest = { $machine }: show your badge
sim-moment = One moment…
sim-on = { $machine }: on. Hello { $name }!
sim-on-alone = { $machine }: on, without the server
sim-no-answer = The server does not answer: no start
sim-no-time = { $machine }: the time is not known yet, no start. Try again in a moment
sim-link-lost = { $machine }: the server does not answer any more
sim-soon = { $machine }: off in { $minutes } min
sim-not-ours = { $machine }: this controller is not that machine’s
sim-locked = { $machine }: locked out, { $why }
sim-class-defect = broken
sim-class-emergency = emergency stop
sim-class-maintenance = being serviced
sim-class-to_check = to be checked
sim-off-badge = { $machine }: off. Thank you, see you soon!
sim-off-button = { $machine }: off by its button
sim-off-idle = { $machine }: off, nothing had moved
sim-off-lease = { $machine }: off, the session is over
sim-off-link = { $machine }: off, the server does not answer
sim-off-lockout = { $machine }: off, locked out
sim-off-emergency = { $machine }: emergency stop
sim-memory = The memory cannot be written: { $error }
sim-refused = refused
sim-help =
    badge 04A2B3C4   show a badge (with its PIN: badge 04A2B3C4 2468)
    button           press the button
    lock defect      lock the machine out (defect, emergency, maintenance, to_check)
    watts 120        the meter shows 120 W
    cut              power cut and restart
    jump 3600        the clock jumps by an hour
    fault drop 3     lose the next 3 requests; also drop-answer, delay, twice, hold-back, stall, stolen-nonce
    fault clear      no faults any more
    wait 1000        for scripts: milliseconds
    quit             the end
sim-plug-help =
    button      press its button
    watts 20    the machine draws 20 W
    quit        the end
sim-plug-alone = no connection to the MQTT broker: { $error }
sim-plug-there = connected to the MQTT broker
