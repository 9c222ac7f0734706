# Letters about accounts.
letter-confirm_email-subject = { $lab }: confirm your address
letter-confirm_email-asks = You have just signed up at { $lab }. Confirm your address with the link below; it is valid for 48 hours and works once.
letter-confirm_email-otherwise = If you did not sign up, do nothing: the address will not be confirmed.
letter-confirm_email-link = Confirm my address

letter-already_member-subject = { $lab }: you already have an account
letter-already_member-tells = Somebody, probably you, has just signed up at { $lab } with your address. You already have an account: nothing has changed.
letter-already_member-asks = If you forgot your password, choose a new one with the link below; it is valid for 48 hours and works once.
letter-already_member-otherwise = If it was not you, do nothing.

letter-reset_password-subject = { $lab }: choose a new password
letter-reset_password-asks = You asked for a new password at { $lab }. Choose it with the link below; it is valid for 48 hours and works once.
letter-reset_password-otherwise = If you did not ask for anything, do nothing: your password stays the same.
letter-reset_password-link = Choose a new password

letter-password_changed-subject = { $lab }: your password has changed
letter-password_changed-tells = The password of your account at { $lab } has just been changed, and other sign-ins were closed.
letter-password_changed-otherwise = If it was not you, ask for a new password at once and tell the team.

letter-membership_ending-subject = { $lab }: your membership ends soon
letter-membership_ending-tells = Your membership “{ $plan }” at { $lab } is valid up to and including { $date }. After that day you can no longer book machines.
letter-membership_ending-asks = To renew it, come to the desk or write to the team.

letter-membership_ended-subject = { $lab }: your membership ends
letter-membership_ended-tells = The team has ended your membership “{ $plan }” at { $lab }: it is no longer valid after { $date }.
letter-membership_ended-why = Reason: { $reason }
letter-membership_ended-asks = If you have any question, come to the desk or write to the team.

letter-account_suspended-subject = { $lab }: your account is suspended
letter-account_suspended-tells = Your account at { $lab } is suspended: you can no longer book machines.
letter-account_suspended-why = Reason: { $reason }
letter-account_suspended-until = The suspension ends: { $until }.
letter-account_suspended-open = The suspension lasts until the team lifts it.
letter-account_suspended-asks = If you have any question, come to the desk or write to the team.
