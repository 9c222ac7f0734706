field-weekday = Le jour s’écrit de 1 (lundi) à 7 (dimanche).
field-hours_overlap = Ces heures recouvrent celles de la plage n° { $other }, de même sorte et du même jour.
field-wall_time = L’heure s’écrit HH:MM, par exemple 09:30 ; 24:00 est minuit en fin de journée.
field-one_of_two = Indiquez un atelier ou une machine, pas les deux.

# Ce qu’une prise dit d’elle-même, ou ce qui a été vu d’elle.
plug-says = L’appareil signale : « { $word } ».
plug-says-overtemp = La prise est trop chaude et s’est coupée. Laissez-la refroidir, et vérifiez ce qui y est branché.
plug-says-overpower = La machine demande plus de puissance que la prise n’en permet ; la prise s’est coupée.
plug-says-overcurrent = La machine tire plus de courant que la prise n’en permet ; la prise s’est coupée.
plug-says-overvoltage = La tension du secteur est trop haute pour la prise.
plug-says-undervoltage = La tension du secteur est trop basse pour la prise.
plug-says-maxpowerreached = La machine demande plus de puissance que la prise n’est réglée pour en laisser passer ; la prise s’est coupée.
plug-rpc-error = L’appareil refuse la commande { $method } : « { $why } ».
plug-too-large = Un message de { $bytes } octets est arrivé sur { $topic } ; il a été laissé de côté. Aucune prise n’en envoie de si grand : voyez qui écrit à cet endroit.
