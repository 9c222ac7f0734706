# What pages and answers say about accounts.
notice-signed_up = Thank you. If this address is yours, a message is on its way: follow it to finish signing up.
notice-reset_asked = If there is an account for this address, a message to choose a new password is on its way.

# What is wrong with a field.
field-password_too_short = Choose at least { $least } characters: several words that have nothing to do with each other make a good password.
field-password_too_long = This password is too long: { $most } bytes at most.
field-password_common = This is one of the passwords everybody chooses: it is on every list of those who try to get in.
field-password_personal = This password holds hardly anything but “{ $word }”, which is easily guessed by those who know you or the place. Add words that have nothing to do with it.
field-password_repeating = This password repeats the same characters. Choose several different words instead.
field-password_guessable = This password is quickly guessed: dates, sequences and very common words stop nobody. Add one or two rare words.
field-wrong_password = This is not your current password.
field-birth_date_implausible = This date of birth is not possible.
field-birth_date_fixed = Your date of birth is known already; only the team can correct it.
field-charter_not_in_force = The house rules in force are version { $version }: read them again before you accept them.
field-unknown_plan = There is no plan of this name.
field-plan_inactive = This plan is no longer offered.
field-date_implausible = This date is too far from today.
field-in_the_past = Choose a moment to come.
field-in_the_future = This date has not come yet.
field-membership_ends_already = This membership already ends on { $date }: choose an earlier day.
field-before_membership = Choose { $date } or a later day.
field-slug_malformed = Use lower-case letters without accents, digits and hyphens.

# The pages that the links of letters lead to.
page-confirm_email-title = Confirm your address
page-confirm_email-asks = Press the button to confirm that this address is yours.
page-confirm_email-button = Confirm my address
page-confirm_email-done = Address confirmed
page-confirm_email-next = Thank you. You can now sign in and book.
page-reset_password-title = Choose a new password
page-reset_password-asks = At least 15 characters. Several words that have nothing to do with each other make a good password; spaces and accents are welcome.
page-reset_password-label = New password
page-reset_password-button = Save
page-reset_password-done = Password saved
page-reset_password-next = Every sign-in of yours was ended: sign in with your new password.
