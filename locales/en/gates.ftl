remedy-membership-desk = See the membership plans
remedy-tell-birth-date = Add your date of birth
remedy-sign-charter = Read and accept the lab’s charter
remedy-next-session = Session on { $starts_at }: { $seats_left ->
    [one] { $seats_left } seat left
   *[other] { $seats_left } seats left
}
remedy-free-period = Free: { $machine }, { $starts_at }
