# Lettres sur les comptes.
letter-confirm_email-subject = { $lab } : confirmez votre adresse
letter-confirm_email-asks = Vous venez de vous inscrire chez { $lab }. Confirmez votre adresse avec le lien ci-dessous ; il est valable 48 heures et ne sert qu’une fois.
letter-confirm_email-otherwise = Si vous ne vous êtes pas inscrit(e), ne faites rien : l’adresse ne sera pas confirmée.
letter-confirm_email-link = Confirmer mon adresse

letter-already_member-subject = { $lab } : vous avez déjà un compte
letter-already_member-tells = Quelqu’un, sans doute vous, vient de s’inscrire chez { $lab } avec votre adresse. Vous avez déjà un compte : rien n’a changé.
letter-already_member-asks = Si vous avez oublié votre mot de passe, choisissez-en un nouveau avec le lien ci-dessous ; il est valable 48 heures et ne sert qu’une fois.
letter-already_member-otherwise = Si ce n’était pas vous, ne faites rien.

letter-reset_password-subject = { $lab } : choisissez un nouveau mot de passe
letter-reset_password-asks = Vous avez demandé un nouveau mot de passe pour { $lab }. Choisissez-le avec le lien ci-dessous ; il est valable 48 heures et ne sert qu’une fois.
letter-reset_password-otherwise = Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.
letter-reset_password-link = Choisir un nouveau mot de passe

letter-password_changed-subject = { $lab } : votre mot de passe a changé
letter-password_changed-tells = Le mot de passe de votre compte chez { $lab } vient d’être changé, et les autres connexions ont été fermées.
letter-password_changed-otherwise = Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe et prévenez l’équipe.

letter-membership_ending-subject = { $lab } : votre adhésion se termine bientôt
letter-membership_ending-tells = Votre adhésion « { $plan } » chez { $lab } est valable jusqu’au { $date } inclus. Après cette date, vous ne pourrez plus réserver de machine.
letter-membership_ending-asks = Pour la renouveler, passez à l’accueil ou écrivez à l’équipe.

letter-membership_ended-subject = { $lab } : votre adhésion prend fin
letter-membership_ended-tells = L’équipe a mis fin à votre adhésion « { $plan } » chez { $lab } : elle n’est plus valable après le { $date }.
letter-membership_ended-why = Raison : { $reason }
letter-membership_ended-asks = Pour toute question, passez à l’accueil ou écrivez à l’équipe.

letter-account_suspended-subject = { $lab } : votre compte est suspendu
letter-account_suspended-tells = Votre compte chez { $lab } est suspendu : vous ne pouvez plus réserver de machine.
letter-account_suspended-why = Raison : { $reason }
letter-account_suspended-until = La suspension prend fin : { $until }.
letter-account_suspended-open = La suspension dure jusqu’à ce que l’équipe la lève.
letter-account_suspended-asks = Pour toute question, passez à l’accueil ou écrivez à l’équipe.
