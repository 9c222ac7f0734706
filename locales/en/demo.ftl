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
