//! Plugs on a real broker, and plugs that misbehave.

mod acl;
mod badging;
mod bench;
mod broker;
mod gadget;
mod left;
mod locked;
mod losing;
mod misbehaving;
mod newer;
mod obeying;
mod oversize;
mod reading;
mod sharing;
mod somebody;
