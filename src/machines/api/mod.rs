//! The door: workshops, machines, their state and power policy, hours and closures.

mod change;
mod hours;
mod out;
mod policy;
mod show;
mod state;

pub use change::{
    __path_make_machine, __path_make_workshop, MachineChangeIn, WorkshopChangeIn, make_machine,
    make_workshop, out as machine_out,
};
pub use hours::{__path_close, __path_put_hours, __path_reopen, close, put_hours, reopen};
pub use out::{MachineOut, WorkshopOut};
pub use policy::{__path_put_policy, __path_show_policy, put_policy, show_policy};
pub use show::{
    __path_list_machines, __path_list_workshops, __path_show_machine, __path_show_workshop, list_machines,
    list_workshops, show_machine, show_workshop,
};
pub use state::{__path_set_state, set_state};
