remedy-membership-desk = Voir les formules d’adhésion
remedy-tell-birth-date = Indiquer votre date de naissance
remedy-sign-charter = Lire et accepter la charte du lab
remedy-next-session = Session du { $starts_at } : { $seats_left ->
    [one] { $seats_left } place libre
   *[other] { $seats_left } places libres
}
remedy-free-period = Libre : { $machine }, { $starts_at }
