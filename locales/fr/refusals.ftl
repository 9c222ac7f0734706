# Une phrase par code de refus. L’attribut qui porte le nom d’un fait ajoute sa phrase quand le fait est connu.

refusal-lab_closed = Le lab est fermé pendant tout ou partie de ce créneau.
    .to = Créneau demandé : du { $from } au { $to }.
refusal-machine_out_of_service = Cette machine n’est pas en service pendant ce créneau.
    .machine_name = Machine concernée : { $machine_name }.
    .state = { $state ->
        [maintenance] Elle est en entretien.
        [broken] Elle est en panne.
        [locked] Elle est verrouillée par l’équipe.
       *[other] Elle est immobilisée.
    }
    .reason = Raison : { $reason }.
    .until = Retour prévu : { $until }.
refusal-machine_taken = Cette machine est déjà prise pendant ce créneau.
    .kind = { $kind ->
        [reservation] Elle est réservée.
        [training_session] Une formation s’y tient.
        [group_session] Un groupe l’utilise.
        [maintenance] Elle est en entretien.
       *[other] Elle est gardée pour quelqu’un.
    }
    .machine_name = Machine concernée : { $machine_name }.
refusal-workshop_full = L’atelier est complet pendant ce créneau.
    .capacity = { $capacity ->
        [one] Il accueille une personne à la fois.
       *[other] Il accueille { $capacity } personnes à la fois.
    }
refusal-member_elsewhere = Vous êtes déjà attendu(e) ailleurs au même moment.
    .kind = { $kind ->
        [training_session] Vous participez à une formation.
       *[other] Vous avez réservé une autre machine.
    }
    .since = Début : { $since }.
refusal-period_in_past = Ce créneau est déjà passé.
refusal-too_soon = Ce créneau est trop proche.
    .notice_minutes = Cette machine se réserve au moins { $notice_minutes } à l’avance.
refusal-too_far = Ce créneau est trop lointain.
    .horizon_days = { $horizon_days ->
        [one] Cette machine se réserve au plus un jour à l’avance.
       *[other] Cette machine se réserve au plus { $horizon_days } jours à l’avance.
    }
refusal-period_misaligned = Le début ou la fin ne tombe pas sur un créneau de cette machine.
    .grid_minutes = Les créneaux vont de { $grid_minutes } en { $grid_minutes }, à partir de minuit.
refusal-too_short = Cette durée est trop courte.
    .min_minutes = Le minimum est de { $min_minutes }.
refusal-too_long = Cette durée est trop longue.
    .max_minutes = Le maximum est de { $max_minutes }.
refusal-email_unconfirmed = Votre adresse électronique n’est pas encore confirmée : ouvrez le lien que nous vous avons envoyé.
refusal-account_suspended = Votre compte est suspendu.
    .until = La suspension prend fin : { $until }.
    .reason = Raison : { $reason }.
refusal-charter_unsigned = Vous n’avez pas encore accepté la version actuelle du règlement du lab.
refusal-membership_missing = Aucune adhésion ne couvre la date de ce créneau.
    .on = Date concernée : { $on }.
refusal-training_missing = Il vous manque une formation sécurité demandée pour cette machine.
    .training_name = Formation demandée : { $training_name }.
refusal-training_expired = Une de vos formations sécurité n’est plus valable à la fin de ce créneau.
    .training_name = Formation concernée : { $training_name }.
    .since = Fin de validité : { $since }.
refusal-training_suspended = Une de vos formations sécurité est suspendue.
    .training_name = Formation concernée : { $training_name }.
refusal-too_young = Cette machine demande un âge minimum.
    .min_age = Elle est réservée aux personnes de { $min_age } ans et plus ce jour-là.
    .birth_date = Votre date de naissance ne nous est pas connue : indiquez-la dans vos informations.
refusal-guardian_consent_missing = Il manque l’accord signé de votre responsable légal.
refusal-supervision_required = Cette machine ne s’utilise qu’en présence d’un membre de l’équipe, et personne n’est présent pendant tout ce créneau.
refusal-quota_exceeded = Ce créneau dépasserait ce que permet votre formule.
    .limit_minutes = Vous avez droit à { $limit_minutes } par semaine.
    .limit_reservations = { $limit_reservations ->
        [one] Vous pouvez avoir une réservation à venir à la fois.
       *[other] Vous pouvez avoir { $limit_reservations } réservations à venir à la fois.
    }
    .used_minutes = Déjà réservé : { $used_minutes }.
refusal-badge_unknown = Ce badge n’est donné à personne : présentez-le à l’équipe.
refusal-badge_revoked = Ce badge n’est plus valable.
refusal-reservation_missing = Cette machine s’utilise sur réservation, et vous n’en avez pas maintenant.
refusal-reserved_for_other = Cette machine est réservée à quelqu’un d’autre.
    .since = Réservation à partir de : { $since }.
refusal-machine_in_use = Quelqu’un d’autre utilise cette machine.
refusal-machine_offline = La prise de cette machine ne répond pas ; rien ne l’allumerait. Prévenez l’équipe du lab.
refusal-locked_out = Cette machine est consignée : ne la mettez pas en marche.
    .class = { $class ->
        [defect] Un défaut a été signalé.
        [emergency] Un arrêt d’urgence a été signalé.
        [maintenance] Elle est en entretien.
       *[other] Elle doit être vérifiée.
    }
    .reason = Raison : { $reason }.
refusal-second_factor_missing = Le badge ne suffit pas pour cette machine : tapez votre code ou confirmez sur votre téléphone.
    .pin = { $pin ->
        [wrong] Ce code n’est pas le bon.
        [unset] Vous n’avez pas encore choisi de code : faites-le depuis votre compte.
       *[shut] Après cinq codes faux, aucun ne compte pendant un quart d’heure : confirmez sur votre téléphone.
    }
refusal-supervisor_missing = Cette machine ne s’allume pas seul.
    .supervision = { $supervision ->
        [trainer] Un formateur ou l’équipe doit badger dans les 30 secondes.
       *[other] Une deuxième personne habilitée doit badger dans les 30 secondes.
    }

refusal-malformed_request = La demande est illisible : ce n’est pas du JSON valable.
refusal-invalid_request = La demande contient des valeurs qui ne conviennent pas : voyez le détail de chaque champ.
refusal-unknown_field = La demande contient un champ que nous ne connaissons pas.
refusal-invalid_period = La fin doit venir après le début, et la durée rester raisonnable.
refusal-unsupported_media_type = Le corps de la demande doit être du JSON (application/json).
refusal-body_too_large = La demande est trop longue : 64 Kio au maximum.
refusal-method_not_allowed = Cette adresse existe, mais pas pour cette action.
refusal-not_found = Nous ne trouvons pas ce que vous cherchez.
refusal-precondition_failed = Quelqu’un a modifié ceci depuis que vous l’avez lu : relisez avant de modifier.
refusal-precondition_required = Ceci remplace tout ce qui existe : dites dans « If-Match » quelle version vous avez lue.
refusal-idempotency_key_reused = Cette clé d’idempotence a déjà servi pour une autre demande.
refusal-idempotency_in_progress = La même demande est déjà en cours de traitement : réessayez dans un instant.

refusal-unauthenticated = Connectez-vous d’abord.
    .header = En-tête absent ou illisible : { $header }.
refusal-wrong_credentials = L’adresse ou le mot de passe ne convient pas.
refusal-forbidden = Vous n’avez pas le droit de faire cela.
refusal-csrf_token_missing = La page a vieilli : rechargez-la puis recommencez.
refusal-token_invalid = Ce lien n’est plus valable : demandez-en un nouveau.
refusal-too_many_tries = Trop d’essais en peu de temps : patientez un peu avant de recommencer.

refusal-email_taken = Cette adresse est déjà celle d’un autre compte.
refusal-slug_taken = Ce nom court est déjà pris.
refusal-closure_exists = Cette fermeture existe déjà, pour la même période.
refusal-membership_exists = Cette personne a déjà cette adhésion, à partir du même jour.
refusal-last_admin = Il doit rester au moins une personne qui administre le lab.
refusal-override_not_allowed = Cette règle ne peut être levée par personne : formez, réparez ou signez plutôt.
refusal-too_late_to_cancel = Il est trop tard pour annuler vous-même cette réservation : parlez-en à l’équipe.
    .notice_minutes = L’annulation est possible jusqu’à { $notice_minutes } avant le début.
    .until = La limite était : { $until }.
refusal-reservation_over = Cette réservation est annulée ou terminée : elle ne peut plus changer.
refusal-already_enrolled = Vous êtes déjà inscrit(e) à cette session.
refusal-not_enrolled = Cette personne n’est pas inscrite à cette session.
refusal-session_over = Cette session n’accepte plus de changement.
refusal-trainer_busy = La personne qui forme anime déjà une autre session au même moment.
refusal-trainer_missing = La personne prévue ne donne plus cette formation : confiez-la à quelqu’un d’autre.
refusal-certification_over = Cette habilitation n’est plus en cours : elle ne peut plus changer.
refusal-letter_not_retryable = Cette lettre est déjà partie : il n’y a rien à renvoyer.

refusal-signature_invalid = La signature de ce contrôleur ne correspond pas à sa demande.
refusal-controller_unknown = Nous ne connaissons pas ce contrôleur : associez-le d’abord.
refusal-clock_skew = L’horloge de ce contrôleur est décalée de plus d’une minute : il doit reprendre l’heure du serveur.
refusal-nonce_used = Cette demande signée a déjà été reçue : elle ne vaut qu’une fois.
refusal-controller_waiting = Ce contrôleur attend que l’équipe l’accepte avec le code affiché sur son écran.
refusal-controller_revoked = Ce contrôleur, ou sa clé, a été révoqué : il doit créer une nouvelle clé et être associé de nouveau.
refusal-machine_not_bound = Ce contrôleur n’agit pas sur cette machine.
refusal-pairing_code_taken = Un autre contrôleur affiche déjà ce code : il faut en choisir un autre.
refusal-badge_taken = Ce badge appartient déjà à quelqu’un : retirez-le d’abord.
refusal-badge_needed = Cette machine ne s’allume pas par téléphone : présentez votre badge à son lecteur.
refusal-plug_in_use = Quelqu’un utilise cette machine : mettez d’abord fin à la session, puis ajoutez, modifiez ou retirez sa prise.

refusal-overloaded = Le serveur est très occupé : réessayez dans un instant.
refusal-internal_error = Quelque chose s’est cassé de notre côté. Donnez le numéro de la demande à l’équipe si cela se reproduit.
