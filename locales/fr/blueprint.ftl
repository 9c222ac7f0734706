# Ce qui ne va pas dans un fichier de lab (`etabli lab check`), et ce que dit `etabli lab apply`.
blueprint-syntax = Ce n’est pas du TOML valable : { $message }.
blueprint-missing = Il manque ici « { $key } ».
blueprint-unknown-key = Personne ne connaît « { $key } » ici. Clés possibles : { $known }.
blueprint-duplicate = « { $slug } » est déjà pris à la ligne { $line } : chaque « slug » ne sert qu’une fois.
blueprint-range = « { $key } » doit être compris entre { $least } et { $most }.
blueprint-min-over-max = La durée la plus courte ({ $least } min) dépasse la plus longue ({ $most } min) : corrigez « min_minutes » ou « max_minutes ».
blueprint-ends-before-start = « { $key } » doit venir après le début.
blueprint-hours-overlap = Ces heures recouvrent celles de la ligne { $line }, de { $from } à { $to }.
blueprint-one-of-two = Une fermeture concerne « workshop » ou « machine », pas les deux ; ni l’un ni l’autre : tout le lab.
blueprint-no-such-time = « { $key } » tombe dans l’heure qui n’existe pas au passage à l’heure d’été ({ $zone }).
blueprint-unknown-training = Aucune formation du fichier ne s’appelle « { $slug } ».
blueprint-unknown-slug = Rien dans le fichier ne s’appelle « { $slug } » ({ $key }).
blueprint-expected-title = « { $key } » attend un texte entre guillemets, de 1 à 120 caractères.
blueprint-expected-prose = « { $key } » attend un texte entre guillemets, qui ne soit pas vide.
blueprint-expected-slug = « { $key } » attend un nom court pour les liens : minuscules sans accent, chiffres et traits d’union, comme "scie-ruban" (60 caractères au plus).
blueprint-expected-slugs = « { $key } » attend une liste de noms courts, comme ["securite-bois", "scie-panneau"].
blueprint-expected-number = « { $key } » attend un nombre entier, sans guillemets.
blueprint-expected-flag = « { $key } » attend true (oui) ou false (non), sans guillemets.
blueprint-expected-zone = « { $key } » attend un fuseau horaire, comme "Europe/Paris".
blueprint-expected-wall-time = « { $key } » attend une heure entre guillemets, comme "09:00" ; "24:00" est minuit à la fin du jour.
blueprint-expected-days = « { $key } » attend une liste de jours, comme ["mardi", "mercredi"].
blueprint-expected-date = « { $key } » attend une date, comme 2026-09-01.
blueprint-expected-moment = « { $key } » attend une date, comme 2026-12-24, ou une date et une heure du lab, comme 2026-12-24T12:00:00.
blueprint-expected-table = « { $key } » attend plusieurs clés, sous [{ $key }] ou entre accolades.
blueprint-expected-tables = « { $key } » s’écrit avec des crochets doubles, une fois par élément : [[{ $key }]].
blueprint-expected-reservation = « { $key } » attend "walk_in" (sans rendez-vous) ou "reservation_required" (réservation obligatoire).
blueprint-expected-link-loss-running = « { $key } » attend "continue_until_idle", "continue_for" ou "stop".
blueprint-expected-link-loss-start = « { $key } » attend "deny", "allow_list" ou "staff_only".
blueprint-expected-supervision = « { $key } » attend "none", "trainer" ou "buddy".
blueprint-start-needs-server = À partir de la classe de risque 2, ou si quelqu’un doit se tenir à côté, une machine ne démarre pas sans le serveur : seul « deny » convient.
blueprint-idle-by-halves = « idle_watts » et « idle_minutes » vont ensemble : donnez les deux.

blueprint-count = { $count ->
    [one] Une erreur dans { $file }.
   *[other] { $count } erreurs dans { $file }.
}
blueprint-right = { $file } est en ordre.
blueprint-same = Rien à changer : le lab est déjà comme le dit le fichier.
blueprint-made = Ajouté : { $what }
blueprint-changed = Changé : { $what }
blueprint-left = Absent du fichier, laissé en place : { $what }
blueprint-hurt = { $count ->
    [one] Une réservation à venir tombe maintenant hors des heures d’ouverture : le personnel décide de la garder ou de l’annuler.
   *[other] { $count } réservations à venir tombent maintenant hors des heures d’ouverture : le personnel décide de les garder ou de les annuler.
}
blueprint-kind-lab = lab
blueprint-kind-hours = horaires
blueprint-kind-closure = fermeture
blueprint-kind-plan = formule
blueprint-kind-training = formation
blueprint-kind-workshop = atelier
blueprint-kind-machine = machine
