# What all letters say around their own words.
letter-greeting = Hello { $name },
letter-greeting-nobody = Hello,
letter-closing =
    See you soon,
    the team of { $lab }
letter-link-hint = If the link does not open, copy this address into your browser:
letter-why-member = You receive this message because you have an account at { $lab } and it concerns you.
letter-why-stranger = You receive this message because this address was entered at { $lab }. If it was not you, you can ignore it: nothing will happen.
