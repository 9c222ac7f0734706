field-nothing_to_change = Indiquez un nouveau début, une nouvelle fin, ou les deux.
field-one_to_five = Indiquez une à cinq règles à lever.

reservation-what = Machine
reservation-when = Quand
reservation-where = Atelier
reservation-before = Auparavant
reservation-why = Motif

reservation-confirmed-subject = Réservation confirmée : { $machine }, { $starts_at }
reservation-confirmed-body = Votre réservation est confirmée. L’invitation jointe l’ajoute à votre agenda.
reservation-moved-subject = Réservation déplacée : { $machine }, { $starts_at }
reservation-moved-by-you = Vous avez déplacé votre réservation. L’invitation jointe met votre agenda à jour.
reservation-moved-by-staff = L’équipe du lab a déplacé votre réservation. L’invitation jointe met votre agenda à jour.
reservation-cancelled-subject = Réservation annulée : { $machine }, { $starts_at }
reservation-cancelled-by-you = Vous avez annulé cette réservation. La place est de nouveau libre.
reservation-cancelled-by-staff = L’équipe du lab a annulé cette réservation.
reservation-reminder-subject = Rappel : { $machine }, { $starts_at }
reservation-reminder-body = Votre réservation approche. Si vous ne pouvez pas venir, annulez-la : quelqu’un d’autre attend peut-être la place.

reservation-released-subject = Réservation libérée : { $machine }
reservation-released-body = Personne n’a badgé pour votre réservation de { $machine }, { $starts_at } : nous avons rendu la place à qui en a besoin. Si vous êtes en route, réservez de nouveau.
