//! Tests of the test kit itself, in one test program: a kit that cannot fail proves nothing.

mod broken_pages;
mod broken_source;
mod broken_state;
mod broken_store;
mod case_list;
mod drive;
mod manual_clock;
mod recorder;
mod sentinel;
mod source_faults;
mod state_faults;
mod store_faults;
