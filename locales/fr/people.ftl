# Ce que les pages et les réponses disent des comptes.
notice-signed_up = Merci. Si cette adresse est la vôtre, vous y trouverez bientôt un message : suivez-le pour terminer votre inscription.
notice-reset_asked = Si un compte existe à cette adresse, vous y trouverez bientôt un message pour choisir un nouveau mot de passe.

# Ce qui ne va pas dans un champ.
field-password_too_short = Choisissez au moins { $least } caractères : plusieurs mots qui n’ont rien à voir font un bon mot de passe.
field-password_too_long = Ce mot de passe est trop long : { $most } octets au plus.
field-password_common = Ce mot de passe est de ceux que tout le monde choisit : il est dans toutes les listes de ceux qui cherchent à entrer.
field-password_personal = Ce mot de passe ne contient presque rien d’autre que « { $word } », que l’on devine en vous connaissant ou en connaissant le lieu. Ajoutez des mots qui n’ont rien à voir.
field-password_repeating = Ce mot de passe répète toujours les mêmes caractères. Choisissez plutôt plusieurs mots différents.
field-password_guessable = Ce mot de passe se devine vite : dates, suites et mots très courants n’arrêtent personne. Ajoutez un ou deux mots rares.
field-wrong_password = Ce n’est pas votre mot de passe actuel.
field-birth_date_implausible = Cette date de naissance n’est pas possible.
field-birth_date_fixed = Votre date de naissance est déjà connue ; seule l’équipe peut la corriger.
field-charter_not_in_force = Le règlement en vigueur est la version { $version } : relisez-le avant de l’accepter.
field-unknown_plan = Il n’y a pas de formule de ce nom.
field-plan_inactive = Cette formule n’est plus proposée.
field-date_implausible = Cette date est trop éloignée d’aujourd’hui.
field-in_the_past = Choisissez un moment à venir.
field-in_the_future = Cette date n’est pas encore passée.
field-membership_ends_already = Cette adhésion se termine déjà le { $date } : choisissez un jour plus tôt.
field-before_membership = Choisissez un jour à partir du { $date }.
field-slug_malformed = Utilisez des minuscules sans accent, des chiffres et des tirets.

# Les pages où mènent les liens des lettres.
page-confirm_email-title = Confirmer votre adresse
page-confirm_email-asks = Appuyez sur le bouton pour confirmer que cette adresse est la vôtre.
page-confirm_email-button = Confirmer mon adresse
page-confirm_email-done = Adresse confirmée
page-confirm_email-next = Merci. Vous pouvez maintenant vous connecter et réserver.
page-reset_password-title = Choisir un nouveau mot de passe
page-reset_password-asks = Au moins 15 caractères. Plusieurs mots qui n’ont rien à voir font un bon mot de passe ; les espaces et les accents sont bienvenus.
page-reset_password-label = Nouveau mot de passe
page-reset_password-button = Enregistrer
page-reset_password-done = Mot de passe enregistré
page-reset_password-next = Toutes vos connexions ont été fermées : connectez-vous avec votre nouveau mot de passe.
