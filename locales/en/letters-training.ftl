letter-training-what = Training
letter-training-when = Date
letter-training-where = Place
letter-training-who = Trainer
letter-training-with = With { $trainer }
letter-training-sessions = See the next sessions

letter-training-confirmed-subject = Your seat is confirmed: { $training }
letter-training-confirmed = Your seat in the training “{ $training }” on { $starts_at } is confirmed.
letter-training-confirmed-next = If you cannot come, please give your seat back as soon as you can: it goes to the next person.

letter-training-waiting-subject = You are on the waiting list: { $training }
letter-training-waiting = The training “{ $training }” on { $starts_at } is full. You are number { $position } on the waiting list.
letter-training-waiting-next = As soon as a seat becomes free it is yours, and we write to you at once. There is nothing you need to do.

letter-training-promoted-subject = A seat has become free for you: { $training }
letter-training-promoted = A seat has become free: you are now enrolled in the training “{ $training }” on { $starts_at }.
letter-training-promoted-next = If you can no longer come, please give your seat back as soon as you can: it goes to the next person.

letter-training-changed-subject = Your training has changed: { $training }
letter-training-changed = The date or the place of the training “{ $training }” has changed. It now begins on { $starts_at }.
letter-training-changed-next = If this does not suit you any more, please give your seat back as soon as you can.

letter-training-left-subject = You are no longer enrolled: { $training }
letter-training-left = You have given up your place in the training “{ $training }” on { $starts_at }.
letter-training-left-next = You can enrol in another session whenever you like.

letter-training-cancelled-subject = Training cancelled: { $training }
letter-training-cancelled = The training “{ $training }” on { $starts_at } will not take place. Reason: { $reason }
letter-training-cancelled-next = We are sorry. You can enrol in another session.

letter-training-removed-subject = Your seat has been taken back: { $training }
letter-training-removed = You are no longer enrolled in the training “{ $training }” on { $starts_at }. Reason: { $reason }
letter-training-removed-next = You can enrol in another session.

letter-training-reminder-subject = Reminder: { $training }, { $starts_at }
letter-training-reminder = The training “{ $training }” begins on { $starts_at }.
letter-training-reminder-next = If you cannot come, please say so as soon as you can: somebody may be waiting for a seat.

letter-training-doubtful-subject = To check before you come: { $training }, { $starts_at }
letter-training-doubtful = The training “{ $training }” is planned for { $starts_at }, but it cannot be held as planned, or you cannot take part in it.
letter-training-doubtful-next = The staff know of it. This is what stands in the way:

letter-lesson-given-subject = A training is yours to give: { $training }
letter-lesson-given = You give the training “{ $training }” on { $starts_at }.
letter-lesson-given-next = If you cannot, please tell the staff as soon as you can.

letter-lesson-taken-over-subject = A training is no longer yours to give: { $training }
letter-lesson-taken-over = Somebody else now gives the training “{ $training }” on { $starts_at }.
letter-lesson-taken-over-next = There is nothing you need to do.

letter-lesson-changed-subject = A training you give has changed: { $training }
letter-lesson-changed = The date or the place of the training “{ $training }” has changed. It now begins on { $starts_at }.
letter-lesson-changed-next = If you cannot, please tell the staff as soon as you can.

letter-lesson-cancelled-subject = Training cancelled: { $training }
letter-lesson-cancelled = The training “{ $training }” on { $starts_at }, which you were to give, will not take place. Reason: { $reason }
letter-lesson-cancelled-next = Those enrolled have been told.

letter-certification-until = Validity
letter-certification-for-ever = no end date

letter-certification-given-subject = Certification obtained: { $training }
letter-certification-given = Well done: you now hold the certification “{ $training }” of { $lab }.
letter-certification-given-next = From now on you can book the machines that require it.

letter-certification-expiring-subject = Your certification is about to end: { $training }
letter-certification-expiring = Your certification “{ $training }” is valid up to and including { $until }. After that day you can no longer book the machines that require it.
letter-certification-expiring-next = To renew it, enrol in one of the next sessions.

letter-certification-suspended-subject = Certification suspended: { $training }
letter-certification-suspended = Your certification “{ $training }” is suspended. Reason: { $reason }
letter-certification-suspended-next = As long as the suspension lasts, you cannot use the machines that require it, even if you had obtained this certification more than once. The team of { $lab } can tell you more.

letter-certification-restored-subject = Certification restored: { $training }
letter-certification-restored = The suspension of your certification “{ $training }” has been lifted.
letter-certification-restored-next = You can use the machines that require it again.

letter-certification-revoked-subject = Certification revoked: { $training }
letter-certification-revoked = Your certification “{ $training }” has been revoked. Reason: { $reason }
letter-certification-revoked-next = To use the machines that require it again, you will have to take the training, even if you had obtained this certification more than once. The team of { $lab } can tell you more.
