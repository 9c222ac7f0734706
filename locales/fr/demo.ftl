# Ce que dit `etabli demo` à son démarrage.
demo-filled = Lab de démonstration tout neuf : { $lab }
demo-found = Lab de démonstration retrouvé tel quel : { $lab }
demo-reference = référence de l’API
demo-mail = les lettres envoyées, une par fichier
demo-mail-server = les lettres partent par le serveur de courrier
demo-password = Mot de passe de tout le monde : { $password }
demo-account-admin = administratrice
demo-account-staff = fab manager
demo-account-trainer = formateur
demo-account-leader = médiatrice d’une association de quartier
demo-account-maker = membre en règle, formée au bois et à la découpe laser
demo-account-novice = membre en règle, sans formation
demo-account-lapsed = adhésion et formations terminées
demo-account-minor = 15 ans, sans l’accord d’un responsable
demo-refused-lab = Cette base contient un vrai lab : la démonstration n’y touche pas. Donnez-lui un autre dossier (ETABLI_DATA_DIR) ou une autre base (ETABLI_DATABASE_URL).
demo-refused-people = Cette base contient déjà des membres : la démonstration n’y touche pas. Donnez-lui un autre dossier (ETABLI_DATA_DIR) ou une autre base (ETABLI_DATABASE_URL).
demo-alive = Machines vivantes, avec des contrôleurs et des prises simulés :
demo-alive-elsewhere = Les machines simulées vivent dans un autre programme, sur le même dossier de données.
demo-try = Badgez : tapez ici cette ligne, puis encore une fois pour arrêter la machine (« novice » ou « lapsed » au lieu du nom : un refus, et pourquoi) :
demo-try-open = Le lab est fermé en ce moment, et chaque badge le dira. Pour l’ouvrir toute la journée, tapez ici :
demo-other-terminal = Ou dans un autre terminal, dans le même dossier :
demo-opened = Le lab est ouvert toute la journée, jusqu’à minuit.
demo-not-opened = Les horaires n’ont pas pu être changés.
demo-nobody = Aucune démonstration ne tourne sur ce dossier de données : lancez d’abord « etabli demo ».
demo-no-such-machine = Aucune machine vivante ne s’appelle « { $machine } ». Il y a : { $machines }.
demo-not-understood = « { $line } » ne veut rien dire ici. Ce qu’on peut dire :
demo-help =
    badge MACHINE QUI      présenter le badge de quelqu’un (maker, novice, trainer…) ou un numéro : 04A2B3C4
    button MACHINE         appuyer sur le bouton du contrôleur ou de la prise
    lock MACHINE defect    bloquer la machine ; seule l’équipe la débloque
    watts MACHINE 5        ce que la machine consomme
    cut MACHINE            une coupure de courant
    fault MACHINE drop 3   perdre les 3 prochaines requêtes (fault MACHINE clear : plus de pannes)
    open                   ouvrir le lab toute la journée
    Machines : { $machines }
