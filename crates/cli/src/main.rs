//! The `linkwright` program: hands the real world to the library and exits with what it says.

use std::process::ExitCode;

fn main() -> ExitCode {
    let run = || linkwright::run(std::env::args_os(), &mut linkwright::World::real());
    // Rust's own code for a panic is 101; ours says that it is our bug. The panic's message was printed already.
    std::panic::catch_unwind(run).unwrap_or(ExitCode::from(linkwright::INTERNAL))
}
