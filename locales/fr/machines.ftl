field-weekday = Le jour s’écrit de 1 (lundi) à 7 (dimanche).
field-hours_overlap = Ces heures recouvrent celles de la plage n° { $other }, de même sorte et du même jour.
field-wall_time = L’heure s’écrit HH:MM, par exemple 09:30 ; 24:00 est minuit en fin de journée.
field-one_of_two = Indiquez un atelier ou une machine, pas les deux.
