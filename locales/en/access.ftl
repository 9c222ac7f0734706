# What staff are told about machines.
service-due-subject = Service due: { $machine }
service-due-body = { $machine } ran for { $hours } h since its last service; the limit is { $limit } h. Note the service once it is done: the count starts from zero.
