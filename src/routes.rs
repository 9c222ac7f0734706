//! The table of contents: every path of the house, and nothing else.

use actix_web::web::ServiceConfig as Plain;
use utoipa_actix_web::{scope, service_config::ServiceConfig};

use crate::{
    access::{api as access, pages as protocol},
    journal::api as journal,
    lab::api as lab,
    live::api as live,
    machines::api as machines,
    outbox::api as letters,
    people::{
        api::{accounts, me, members, memberships, plans, sessions},
        pages,
    },
    power::api as power,
    reservations::api as reservations,
    web::{health, measure, problems, reference},
};

/// Everything under `/api/v1`, room by room, and under `/controller/v1`. A request is compared with one path after the
/// other: what is asked most stands first.
pub fn rooms(config: &mut ServiceConfig<'_>) {
    let version =
        scope("/api/v1").configure(bookings).configure(the_lab).configure(people).configure(trainings);
    config.service(version.configure(plugs).configure(records).configure(machine_access));
    config.service(scope("/controller/v1").configure(controllers));
}

fn bookings(config: &mut ServiceConfig<'_>) {
    config
        .service(reservations::calendar)
        .service(reservations::machine_calendar)
        .service(reservations::ask)
        .service(reservations::make)
        .service(reservations::list)
        .service(reservations::affected)
        .service(reservations::show)
        .service(reservations::reschedule)
        .service(reservations::cancel)
        .service(reservations::mine);
}

fn machine_access(config: &mut ServiceConfig<'_>) {
    use access::{badges, controllers, desk, figures, mine};
    config
        .service(controllers::list)
        .service(controllers::make)
        .service(controllers::show)
        .service(controllers::change)
        .service(controllers::revoke)
        .service(access::events::list)
        .service(badges::fresh)
        .service(badges::give)
        .service(badges::list)
        .service(badges::signs)
        .service(badges::revoke)
        .service(live::stream)
        .service(desk::power)
        .service(desk::open)
        .service(desk::end)
        .service(desk::lock_out)
        .service(desk::unlock_it)
        .service(mine::sessions)
        .service(mine::switch_on)
        .service(mine::switch_off)
        .service(mine::choose_pin)
        .service(mine::say_yes)
        .service(figures::weeks)
        .service(figures::services)
        .service(figures::serviced)
        .service(figures::hours)
        .service(figures::lines);
}

/// What controllers say, each request signed.
fn controllers(config: &mut ServiceConfig<'_>) {
    use access::{events, keys, leases, lists, pairings, scans};
    config
        .service(scans::show)
        .service(leases::beat)
        .service(leases::end)
        .service(leases::greet)
        .service(leases::lock_out)
        .service(events::upload)
        .service(lists::show)
        .service(keys::replace)
        .service(pairings::ask)
        .service(pairings::show);
}

fn people(config: &mut ServiceConfig<'_>) {
    config
        .service(accounts::join)
        .service(accounts::prove)
        .service(accounts::forgot)
        .service(accounts::choose)
        .service(sessions::enter)
        .service(sessions::leave)
        .service(sessions::list)
        .service(sessions::revoke)
        .service(me::show)
        .service(me::change)
        .service(me::memberships)
        .service(members::list)
        .service(members::show)
        .service(members::correct)
        .service(members::suspend)
        .service(members::lift)
        .service(members::consent)
        .service(memberships::list)
        .service(memberships::give)
        .service(memberships::finish)
        .service(plans::list)
        .service(plans::show)
        .service(plans::make)
        .service(plans::change);
}

fn records(config: &mut ServiceConfig<'_>) {
    config.service(letters::list).service(letters::show).service(letters::try_again).service(journal::list);
}

fn the_lab(config: &mut ServiceConfig<'_>) {
    config
        .service(lab::show)
        .service(machines::put_hours)
        .service(machines::close)
        .service(machines::reopen)
        .service(machines::list_workshops)
        .service(machines::show_workshop)
        .service(machines::make_workshop)
        .service(reservations::change_workshop)
        .service(machines::list_machines)
        .service(machines::show_machine)
        .service(machines::make_machine)
        .service(reservations::change_machine)
        .service(machines::set_state)
        .service(machines::show_policy)
        .service(machines::put_policy);
}

fn plugs(config: &mut ServiceConfig<'_>) {
    config
        .service(power::list)
        .service(power::add)
        .service(power::show)
        .service(power::change)
        .service(power::remove)
        .service(power::check);
}

fn trainings(config: &mut ServiceConfig<'_>) {
    use crate::training::api::{certifications, results, trainings};
    use crate::training_sessions::api::{affected, enrolments, sessions};
    config
        .service(trainings::list)
        .service(trainings::create)
        .service(trainings::show)
        .service(trainings::change)
        .service(trainings::set_trainers)
        .service(sessions::list)
        .service(sessions::create)
        .service(affected::affected)
        .service(sessions::show)
        .service(sessions::change)
        .service(sessions::cancel)
        .service(enrolments::create)
        .service(enrolments::show_mine)
        .service(enrolments::delete_mine)
        .service(enrolments::remove)
        .service(enrolments::list_mine)
        .service(results::create)
        .service(certifications::list_mine)
        .service(certifications::list)
        .service(certifications::create)
        .service(certifications::show)
        .service(certifications::suspend)
        .service(certifications::lift)
        .service(certifications::revoke);
}

/// For those who run the server.
pub fn ops(config: &mut ServiceConfig<'_>) {
    config
        .service(health::live)
        .service(health::ready)
        .service(measure::figures)
        .service(reference::description);
}

/// For people: not part of the description.
pub fn pages(config: &mut Plain) {
    config.service(reference::page).service(reference::file).service(problems::show);
    config.service(protocol::reference).service(protocol::vectors);
    config
        .service(pages::confirm_form)
        .service(pages::confirm)
        .service(pages::reset_form)
        .service(pages::reset);
}
