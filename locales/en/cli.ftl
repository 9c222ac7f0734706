# What the command line says.
cli-demo-lab = This database holds the demonstration lab: open it with `etabli demo`, or choose for your lab a folder of its own, or another database (database_url).
cli-demo-accounts = This database holds demonstration accounts, whose password everybody knows: your lab needs a database of its own (database_url).
cli-no-lab = This database holds no lab yet: describe yours with `etabli lab apply FILE`.
cli-backup-exists = The file { $file } exists already and is not overwritten: give the copy another name, or move it away first.
