letter-training-what = Formation
letter-training-when = Date
letter-training-where = Lieu
letter-training-who = Formateur ou formatrice
letter-training-with = Avec { $trainer }
letter-training-sessions = Voir les prochaines sessions

letter-training-confirmed-subject = Votre place est confirmée : { $training }
letter-training-confirmed = Votre place à la formation « { $training } » du { $starts_at } est confirmée.
letter-training-confirmed-next = Si vous ne pouvez pas venir, rendez votre place dès que possible : elle ira à la personne suivante.

letter-training-waiting-subject = Vous êtes sur liste d’attente : { $training }
letter-training-waiting = La formation « { $training } » du { $starts_at } est complète. Vous êtes en { $position ->
    [1] 1re
   *[other] { $position }e
} position sur la liste d’attente.
letter-training-waiting-next = Dès qu’une place se libère, elle est à vous, et nous vous écrivons aussitôt. Vous n’avez rien à faire.

letter-training-promoted-subject = Une place s’est libérée pour vous : { $training }
letter-training-promoted = Une place s’est libérée : vous êtes maintenant inscrit(e) à la formation « { $training } » du { $starts_at }.
letter-training-promoted-next = Si vous ne pouvez plus venir, rendez votre place dès que possible : elle ira à la personne suivante.

letter-training-changed-subject = Changement pour votre formation : { $training }
letter-training-changed = La date ou le lieu de la formation « { $training } » a changé. Elle commence désormais le { $starts_at }.
letter-training-changed-next = Si cela ne vous convient plus, rendez votre place dès que possible.

letter-training-left-subject = Vous n’êtes plus inscrit(e) : { $training }
letter-training-left = Vous avez renoncé à la formation « { $training } » du { $starts_at }.
letter-training-left-next = Vous pouvez vous inscrire à une autre session quand vous le souhaitez.

letter-training-cancelled-subject = Formation annulée : { $training }
letter-training-cancelled = La formation « { $training } » du { $starts_at } n’aura pas lieu. Motif : { $reason }
letter-training-cancelled-next = Nous en sommes désolés. Vous pouvez vous inscrire à une autre session.

letter-training-removed-subject = Votre place vous a été retirée : { $training }
letter-training-removed = Vous n’êtes plus inscrit(e) à la formation « { $training } » du { $starts_at }. Motif : { $reason }
letter-training-removed-next = Vous pouvez vous inscrire à une autre session.

letter-training-reminder-subject = Rappel : { $training }, { $starts_at }
letter-training-reminder = La formation « { $training } » commence le { $starts_at }.
letter-training-reminder-next = Si vous ne pouvez pas venir, prévenez dès que possible : quelqu’un attend peut-être une place.

letter-training-doubtful-subject = À vérifier avant de venir : { $training }, { $starts_at }
letter-training-doubtful = La formation « { $training } » est prévue le { $starts_at }, mais elle ne peut pas se tenir comme prévu, ou vous ne pouvez pas y participer.
letter-training-doubtful-next = L’équipe en est informée. Voici ce qui l’empêche :

letter-lesson-given-subject = Une formation vous est confiée : { $training }
letter-lesson-given = Vous donnez la formation « { $training } » du { $starts_at }.
letter-lesson-given-next = Si vous ne pouvez pas l’assurer, prévenez l’équipe dès que possible.

letter-lesson-taken-over-subject = Une formation ne vous est plus confiée : { $training }
letter-lesson-taken-over = Quelqu’un d’autre donne désormais la formation « { $training } » du { $starts_at }.
letter-lesson-taken-over-next = Vous n’avez rien à faire.

letter-lesson-changed-subject = Changement pour une formation que vous donnez : { $training }
letter-lesson-changed = La date ou le lieu de la formation « { $training } » a changé. Elle commence désormais le { $starts_at }.
letter-lesson-changed-next = Si vous ne pouvez pas l’assurer, prévenez l’équipe dès que possible.

letter-lesson-cancelled-subject = Formation annulée : { $training }
letter-lesson-cancelled = La formation « { $training } » du { $starts_at }, que vous deviez donner, n’aura pas lieu. Motif : { $reason }
letter-lesson-cancelled-next = Les personnes inscrites sont prévenues.

letter-certification-until = Validité
letter-certification-for-ever = sans limite de durée

letter-certification-given-subject = Habilitation obtenue : { $training }
letter-certification-given = Bravo, vous avez obtenu l’habilitation « { $training } » de { $lab }.
letter-certification-given-next = Vous pouvez désormais réserver les machines qui la demandent.

letter-certification-expiring-subject = Votre habilitation arrive à échéance : { $training }
letter-certification-expiring = Votre habilitation « { $training } » est valable jusqu’au { $until } inclus. Après cette date, vous ne pourrez plus réserver les machines qui la demandent.
letter-certification-expiring-next = Pour la renouveler, inscrivez-vous à une prochaine session.

letter-certification-suspended-subject = Habilitation suspendue : { $training }
letter-certification-suspended = Votre habilitation « { $training } » est suspendue. Motif : { $reason }
letter-certification-suspended-next = Tant que la suspension dure, vous ne pouvez pas utiliser les machines qui la demandent, même si vous aviez obtenu cette habilitation plusieurs fois. L’équipe de { $lab } peut vous renseigner.

letter-certification-restored-subject = Habilitation rétablie : { $training }
letter-certification-restored = La suspension de votre habilitation « { $training } » est levée.
letter-certification-restored-next = Vous pouvez de nouveau utiliser les machines qui la demandent.

letter-certification-revoked-subject = Habilitation retirée : { $training }
letter-certification-revoked = Votre habilitation « { $training } » vous a été retirée. Motif : { $reason }
letter-certification-revoked-next = Pour utiliser de nouveau les machines qui la demandent, il faudra suivre la formation, même si vous aviez obtenu cette habilitation plusieurs fois. L’équipe de { $lab } peut vous renseigner.
