# Ce que montre un contrôleur simulé.
sim-relay-on = relais   [MARCHE]
sim-relay-off = relais   [arrêt ]
sim-display = écran  | { $text }
sim-rest = { $machine } : présentez votre badge
sim-moment = Un instant…
sim-on = { $machine } : en marche. Bonjour { $name } !
sim-on-alone = { $machine } : en marche, sans le serveur
sim-no-answer = Le serveur ne répond pas : pas de démarrage
sim-no-time = { $machine } : l’heure n’est pas encore connue, pas de démarrage. Réessayez dans un instant
sim-link-lost = { $machine } : le serveur ne répond plus
sim-soon = { $machine } : arrêt dans { $minutes } min
sim-not-ours = { $machine } : ce contrôleur n’est pas celui de cette machine
sim-locked = { $machine } : bloquée, { $why }
sim-class-defect = en panne
sim-class-emergency = arrêt d’urgence
sim-class-maintenance = en entretien
sim-class-to_check = à vérifier
sim-off-badge = { $machine } : arrêt. Merci, et à bientôt !
sim-off-button = { $machine } : arrêt par le bouton
sim-off-idle = { $machine } : arrêt, elle ne servait plus
sim-off-lease = { $machine } : arrêt, la session est finie
sim-off-link = { $machine } : arrêt, le serveur ne répond plus
sim-off-lockout = { $machine } : arrêt, machine bloquée
sim-off-emergency = { $machine } : arrêt d’urgence
sim-memory = La mémoire ne peut pas être écrite : { $error }
sim-refused = refusé
sim-help =
    badge 04A2B3C4   présenter un badge (avec son code : badge 04A2B3C4 2468)
    button           appuyer sur le bouton
    lock defect      bloquer la machine (defect, emergency, maintenance, to_check)
    watts 120        le compteur montre 120 W
    cut              coupure de courant et redémarrage
    jump 3600        l’horloge saute d’une heure
    fault drop 3     perdre les 3 prochaines requêtes ; aussi drop-answer, delay, twice, hold-back, stall, stolen-nonce
    fault clear      plus de pannes
    wait 1000        pour les scripts : millisecondes
    quit             la fin
sim-plug-help =
    button      appuyer sur son bouton
    watts 20    la machine consomme 20 W
    quit        la fin
sim-plug-alone = pas de connexion au courtier MQTT : { $error }
sim-plug-there = connectée au courtier MQTT
