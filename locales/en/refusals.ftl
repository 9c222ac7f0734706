refusal-not_found = Introuvable.
