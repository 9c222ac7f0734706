# Ce que disent toutes les lettres, autour de leur propre texte.
letter-greeting = Bonjour { $name },
letter-greeting-nobody = Bonjour,
letter-closing =
    À bientôt,
    l’équipe de { $lab }
letter-link-hint = Si le lien ne s’ouvre pas, copiez cette adresse dans votre navigateur :
letter-why-member = Vous recevez ce message parce que vous avez un compte chez { $lab } et qu’il vous concerne.
letter-why-stranger = Vous recevez ce message parce que cette adresse a été saisie chez { $lab }. Si ce n’était pas vous, vous pouvez l’ignorer : il ne se passera rien.
