//! Reads the subcommand and calls it.
fn main() {}
