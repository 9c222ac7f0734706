# Ce que l’équipe apprend des machines.
service-due-subject = Entretien à prévoir : { $machine }
service-due-body = { $machine } a tourné { $hours } h depuis son dernier entretien ; la limite est de { $limit } h. Notez l’entretien une fois fait : le compteur repart de zéro.
