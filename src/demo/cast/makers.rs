//! Makers of every kind of public; some not trained, some lapsed, some minors with and without a signature.

use super::{
    Person, SOMEBODY,
    Standing::{self, Curious, In, Out},
};
use crate::people::Audience::{
    self, Artisan, Company, JobSeeker, Other, QpvResident, Resident, Retiree, Student,
};

const BOIS: &str = "securite-bois";
const METAL: &str = "securite-metal";
const IMPRESSION: &str = "impression-3d";
const LASER: &str = "decoupe-laser";
const TOUR: &str = "tour-metal";
const FRAISEUSE: &str = "fraiseuse-cnc";
const SCIE: &str = "scie-panneau";
const CNC: &str = "cnc-bois";
const RESINE: &str = "resine";
const BRODEUSE: &str = "brodeuse";

/// Login, name and age; public and commune; membership; trainings.
const fn maker(
    (login, name, age): (&'static str, &'static str, i64),
    (audience, commune): (Audience, &'static str),
    membership: Standing,
    trainings: &'static [&'static str],
) -> Person {
    Person { login, name, age, audience, commune, membership, trainings, ..SOMEBODY }
}

/// A minor whose guardian signed.
const fn signed(minor: Person) -> Person {
    Person { consent: true, ..minor }
}

/// The makers.
#[rustfmt::skip]
pub const MAKERS: &[Person] = &[
    maker(("elodie.fontaine", "Élodie Fontaine", 31), (Resident, "Noyon"), In("maker"), &[BOIS, LASER]),
    maker(("julien.carpentier", "Julien Carpentier", 45), (Artisan, "Salency"), In("entreprise"), &[BOIS, SCIE, CNC]),
    maker(("amina.kaddouri", "Amina Kaddouri", 24), (QpvResident, "Noyon"), In("solidaire"), &[BRODEUSE]),
    maker(("hugo.wattiez", "Hugo Wattiez", 19), (Student, "Noyon"), In("solidaire"), &[IMPRESSION, LASER, BOIS]),
    maker(("monique.delacroix", "Monique Delacroix", 68), (Retiree, "Chiry-Ourscamp"), In("maker"), &[BRODEUSE]),
    maker(("bernard.lefevre", "Bernard Lefèvre", 71), (Retiree, "Guiscard"), In("autonome"), &[BOIS, SCIE, METAL]),
    maker(("sofiane.hamdi", "Sofiane Hamdi", 27), (JobSeeker, "Noyon"), In("solidaire"), &[METAL, BOIS]),
    maker(("claire.vasseur", "Claire Vasseur", 39), (Company, "Pont-l'Évêque"), In("entreprise"), &[IMPRESSION, RESINE, LASER, BOIS]),
    maker(("yannick.obert", "Yannick Obert", 50), (Artisan, "Carlepont"), In("entreprise"), &[METAL, TOUR, FRAISEUSE]),
    maker(("lea.broutin", "Léa Broutin", 22), (Student, "Noyon"), In("solidaire"), &[IMPRESSION]),
    maker(("mamadou.traore", "Mamadou Traoré", 36), (QpvResident, "Noyon"), In("solidaire"), &[BOIS, LASER]),
    maker(("chantal.henin", "Chantal Hénin", 63), (Retiree, "Cuts"), In("maker"), &[]),
    maker(("nicolas.poulain", "Nicolas Poulain", 42), (Resident, "Beaurains-lès-Noyon"), In("autonome"), &[BOIS, LASER, IMPRESSION, CNC]),
    signed(maker(("ines.bouvier", "Inès Bouvier", 17), (Student, "Noyon"), In("solidaire"), &[IMPRESSION])),
    signed(maker(("theo.masson", "Théo Masson", 16), (Student, "Sempigny"), In("solidaire"), &[BOIS])),
    signed(maker(("jade.leroux", "Jade Leroux", 14), (Student, "Noyon"), In("maker"), &[])),
    maker(("lucas.dubois", "Lucas Dubois", 17), (Student, "Varesnes"), In("maker"), &[IMPRESSION]),
    maker(("aurelie.thomas", "Aurélie Thomas", 35), (Resident, "Genvry"), In("maker"), &[BRODEUSE]),
    maker(("patrick.gosselin", "Patrick Gosselin", 59), (Artisan, "Noyon"), In("entreprise"), &[METAL, TOUR]),
    maker(("samira.belkacem", "Samira Belkacem", 30), (QpvResident, "Noyon"), In("solidaire"), &[BRODEUSE, IMPRESSION]),
    maker(("olivier.renard", "Olivier Renard", 48), (Company, "Noyon"), In("entreprise"), &[IMPRESSION, RESINE]),
    maker(("manon.caron", "Manon Caron", 28), (JobSeeker, "Morlincourt"), In("solidaire"), &[BOIS]),
    maker(("abdoulaye.sow", "Abdoulaye Sow", 33), (QpvResident, "Noyon"), In("solidaire"), &[METAL]),
    maker(("jacqueline.morel", "Jacqueline Morel", 74), (Retiree, "Noyon"), In("maker"), &[]),
    maker(("romain.flament", "Romain Flament", 26), (Resident, "Appilly"), In("maker"), &[IMPRESSION, BOIS, LASER]),
    maker(("sylvie.langlois", "Sylvie Langlois", 54), (Resident, "Crisolles"), In("maker"), &[BOIS]),
    maker(("kevin.bertin", "Kévin Bertin", 23), (JobSeeker, "Noyon"), In("solidaire"), &[METAL, FRAISEUSE]),
    maker(("daniela.costa", "Daniela Costa", 37), (QpvResident, "Noyon"), In("solidaire"), &[]),
    maker(("guillaume.picard", "Guillaume Picard", 44), (Company, "Passel"), In("entreprise"), &[LASER, BOIS, CNC]),
    maker(("emma.dupuis", "Emma Dupuis", 20), (Student, "Noyon"), In("solidaire"), &[IMPRESSION, RESINE]),
    maker(("gerard.blondel", "Gérard Blondel", 66), (Retiree, "Pontoise-lès-Noyon"), In("autonome"), &[BOIS, METAL, SCIE]),
    maker(("farid.meziane", "Farid Meziane", 51), (Artisan, "Noyon"), In("maker"), &[METAL, TOUR, FRAISEUSE]),
    maker(("justine.collet", "Justine Collet", 29), (Resident, "Larbroye"), In("maker"), &[BRODEUSE, LASER, BOIS]),
    maker(("paul.hennequin", "Paul Hennequin", 40), (Other, "Caisnes"), In("decouverte"), &[]),
    maker(("viviane.leclercq", "Viviane Leclercq", 61), (Retiree, "Suzoy"), In("decouverte"), &[]),
    maker(("antoine.guerin", "Antoine Guérin", 32), (Resident, "Noyon"), Out("maker"), &[BOIS, IMPRESSION]),
    maker(("oceane.maillard", "Océane Maillard", 25), (Student, "Noyon"), Out("solidaire"), &[IMPRESSION]),
    maker(("didier.roussel", "Didier Roussel", 57), (Artisan, "Baboeuf"), Out("entreprise"), &[METAL, TOUR]),
    maker(("melanie.fournier", "Mélanie Fournier", 38), (Resident, "Porquéricourt"), Curious, &[]),
    maker(("issa.camara", "Issa Camara", 21), (QpvResident, "Noyon"), Curious, &[]),
];
