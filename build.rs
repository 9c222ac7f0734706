//! The migrations are compiled in: a new folder there must rebuild the crate.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
