# Une phrase à côté de chaque champ qui ne convient pas.

field-required = Ce champ est obligatoire.
field-wrong_type = Cette valeur n’est pas du bon type.
field-not_null = Ce champ ne peut pas être vidé (null) : laissez-le de côté pour le garder.
field-other_lab = Cette base est celle du lab « { $before } », le fichier décrit « { $slug } » : ce nom court ne change plus. Reprenez-le dans le fichier, ou choisissez une autre base.
field-invalid_value = Cette valeur ne convient pas.
field-not_one_of = Valeurs possibles : { $allowed }.
field-unknown_field = Nous ne connaissons pas ce champ.
field-duplicate = Ce champ est donné deux fois.
field-length = { $max ->
    [one] Ce texte compte au plus un caractère.
   *[other] Ce texte doit compter entre { $min } et { $max } caractères.
}
field-idle_by_halves = Pour reconnaître une machine au repos, il faut les deux : une puissance et une durée.
field-start_needs_server = À partir de la classe de risque 2, ou si quelqu’un doit se tenir à côté, une machine ne démarre pas sans le serveur : seul « deny » convient.
field-badge_scan = Montrez d’abord la carte à un lecteur, depuis moins de 30 minutes ; elle ne doit être à personne.
field-badge_number = Ce n’est pas le numéro d’une carte : 4 à 10 octets en hexadécimal.
field-card_key = La clé d’une carte : 16 octets en hexadécimal.
field-card_tap = Numéro, compteur et signature d’une carte NTAG 424 DNA, en hexadécimal.
field-pin = Un code de 4 à 8 chiffres.
field-range = Ce nombre doit être compris entre { $min } et { $max }.
field-invalid_character = Ce texte contient un caractère qui ne peut pas être enregistré.
field-after_start = La fin doit venir après le début.
field-idempotency_key = La clé compte de 1 à 255 caractères visibles, sans accents ni espaces.
field-unknown_workshop = Aucun atelier ne porte ce nom ni cet identifiant.
field-unknown_machine = Aucune machine ne porte ce nom ni cet identifiant.
field-unknown_training = Aucune formation ne porte ce nom ni cet identifiant.
field-too_many = Il y en a trop.
field-in_past = Cette date est déjà passée.
field-slug = Le nom court s’écrit en minuscules sans accent, avec des chiffres et des tirets simples : « scie-ruban ».
field-unknown_member = Aucun membre n’a cet identifiant ni cette adresse.
field-pairing_code = Le code a six lettres ou chiffres, sans 0, 1, I ni O.
field-unknown_pairing_code = Aucun contrôleur n’affiche ce code en ce moment.
field-has_plug = Cette machine a déjà une prise.
field-plug_taken = Une autre machine utilise déjà ce relais.
field-topic = Un sujet MQTT se compose de lettres sans accents, de chiffres et de barres obliques, sans joker : « atelier/scie ».
field-written_out = Écrivez le sujet en entier : « atelier/scie », ou pour Tasmota tout son FullTopic avec %prefix% à sa place et le sujet en toutes lettres, « atelier/scie/%prefix% ».
field-channel = Ce relais n’existe pas sur ce type de prise.
