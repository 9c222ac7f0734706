# What `etabli demo` says when it starts.
demo-filled = Brand-new demonstration lab: { $lab }
demo-found = Demonstration lab found as it was: { $lab }
demo-reference = API reference
demo-mail = letters sent, one in each file
demo-mail-server = letters leave through the mail server
demo-password = Everybody's password: { $password }
demo-account-admin = admin
demo-account-staff = fab manager
demo-account-trainer = trainer
demo-account-leader = leader of a neighbourhood association
demo-account-maker = member in order, trained for wood and the laser cutter
demo-account-novice = member in order, no training
demo-account-lapsed = membership and trainings ended
demo-account-minor = 15 years old, no guardian's consent
demo-refused-lab = This database holds a real lab: the demonstration does not touch it. Give it another folder (ETABLI_DATA_DIR) or another database (ETABLI_DATABASE_URL).
demo-refused-people = This database holds members already: the demonstration does not touch it. Give it another folder (ETABLI_DATA_DIR) or another database (ETABLI_DATABASE_URL).
demo-alive = Machines that are alive, with simulated controllers and plugs:
demo-alive-elsewhere = The simulated machines live in another program, on the same data folder.
demo-try = Show a badge: type this line here, and once more to stop the machine (“novice” or “lapsed” instead of the name: a refusal, and why):
demo-try-open = The lab is closed at this moment, and every badge will say so. To open it for the whole day, type here:
demo-other-terminal = Or in another terminal, in the same folder:
demo-opened = The lab is open all day, until midnight.
demo-not-opened = The opening hours could not be changed.
demo-nobody = No demonstration runs on this data folder: start `etabli demo` first.
demo-no-such-machine = No living machine is called “{ $machine }”. There are: { $machines }.
demo-not-understood = “{ $line }” means nothing here. What can be said:
demo-help =
    badge MACHINE WHO      show somebody’s badge (maker, novice, trainer…) or a number: 04A2B3C4
    button MACHINE         press the button of the controller or of the plug
    lock MACHINE defect    lock the machine out; only staff take that back
    watts MACHINE 5        what the machine draws
    cut MACHINE            a power cut
    fault MACHINE drop 3   lose the next 3 requests (fault MACHINE clear: no faults any more)
    open                   open the lab for the whole day
    Machines: { $machines }
