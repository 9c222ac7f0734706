# Ce que dit la ligne de commande.
cli-demo-lab = Cette base contient le lab de démonstration : ouvrez-le avec « etabli demo », ou choisissez pour votre lab un dossier à lui, ou une autre base (database_url).
cli-demo-accounts = Cette base contient des comptes de démonstration, dont tout le monde connaît le mot de passe : votre lab a besoin d’une base à lui (database_url).
cli-no-lab = Cette base ne contient pas encore de lab : décrivez le vôtre avec « etabli lab apply FICHIER ».
cli-backup-exists = Le fichier { $file } existe déjà, et n’est pas écrasé : donnez un autre nom à la sauvegarde, ou déplacez-le d’abord.
