# A sentence beside each field that is not right.

field-required = This field is required.
field-wrong_type = This value is not of the right type.
field-not_null = This field cannot be emptied (null): leave it out to keep it.
field-other_lab = This database is that of the lab "{ $before }", the file describes "{ $slug }": this short name does not change any more. Take it over into the file, or choose another database.
field-invalid_value = This value is not right.
field-not_one_of = Possible values: { $allowed }.
field-unknown_field = We do not know this field.
field-duplicate = This field is given twice.
field-length = { $max ->
    [one] This text has at most one character.
   *[other] This text must have between { $min } and { $max } characters.
}
field-idle_by_halves = To notice an idle machine, both are needed: watts and minutes.
field-start_needs_server = From risk class 2 on, or where somebody has to stand by, a machine does not start without the server: only “deny” will do.
field-badge_scan = Hold the card at a reader first, less than 30 minutes ago; nobody may have it.
field-badge_number = This is not the number of a card: 4 to 10 bytes in hexadecimal.
field-card_key = The key of a card: 16 bytes in hexadecimal.
field-card_tap = Number, count and signature of an NTAG 424 DNA card, in hexadecimal.
field-pin = A PIN of 4 to 8 digits.
field-range = This number must be between { $min } and { $max }.
field-invalid_character = This text has a character that cannot be kept.
field-after_start = The end must come after the start.
field-idempotency_key = The key has 1 to 255 visible characters, without accents or spaces.
field-unknown_workshop = No workshop has this name or identifier.
field-unknown_machine = No machine has this name or identifier.
field-unknown_training = No training has this name or identifier.
field-too_many = There are too many of them.
field-in_past = This date has already passed.
field-slug = The short name is written in lower-case letters without accents, with digits and single hyphens: “band-saw”.
field-unknown_member = No member has this identifier or address.
field-pairing_code = The code has six letters or digits, without 0, 1, I and O.
field-unknown_pairing_code = No controller shows this code at the moment.
field-has_plug = This machine has a plug already.
field-plug_taken = Another machine uses this relay already.
field-topic = An MQTT topic is made of letters without accents, digits and slashes, without wildcards: “workshop/saw”.
field-written_out = Write the topic out: “workshop/saw”, or for Tasmota its whole FullTopic with %prefix% in its place and the topic itself spelled out, “workshop/saw/%prefix%”.
field-channel = This kind of plug has no such relay.
