# Phrases à côté des champs d’une demande.
field-not_a_trainer = Cette personne n’a pas le rôle de formateur ou formatrice.
field-not_its_trainer = Cette personne ne donne pas cette formation.
field-session_too_long = Une session dure au plus 14 jours.
field-session_too_long_on_machines = Une session qui utilise des machines dure sept jours au plus.
field-session_too_far = Une session se prévoit au plus deux ans à l’avance.
field-session_not_begun = La session n’a pas commencé : les résultats se saisissent une fois qu’elle a commencé.
field-below_taken = { $taken ->
    [one] Une place est déjà prise
   *[other] { $taken } places sont déjà prises
} : il ne peut pas y en avoir moins.
field-not_in_session = Cette personne n’a pas de place dans cette session.
field-already_passed = Cette personne a déjà été reçue : retirez plutôt son habilitation.
field-certification_end = La date doit être comprise entre aujourd’hui et dans cinquante ans.
