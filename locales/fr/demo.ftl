# Ce que dit `etabli demo` à son démarrage.
demo-filled = Lab de démonstration tout neuf : { $lab }
demo-found = Lab de démonstration retrouvé tel quel : { $lab }
demo-reference = référence de l'API
demo-mail = les lettres envoyées, une par fichier
demo-mail-server = les lettres partent par le serveur de courrier
demo-password = Mot de passe de tout le monde : { $password }
demo-account-admin = administratrice
demo-account-staff = fab manager
demo-account-trainer = formateur
demo-account-leader = médiatrice d'une association de quartier
demo-account-maker = membre en règle, formée au bois et à la découpe laser
demo-account-novice = membre en règle, sans formation
demo-account-lapsed = adhésion et formations terminées
demo-account-minor = 15 ans, sans l'accord d'un responsable
demo-refused-lab = Cette base contient un vrai lab : la démonstration n'y touche pas. Donnez-lui un autre dossier (ETABLI_DATA_DIR) ou une autre base (ETABLI_DATABASE_URL).
demo-refused-people = Cette base contient déjà des membres : la démonstration n'y touche pas. Donnez-lui un autre dossier (ETABLI_DATA_DIR) ou une autre base (ETABLI_DATABASE_URL).
