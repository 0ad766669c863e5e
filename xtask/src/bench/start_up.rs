//! `cargo xtask bench start-up`: what starting the command line costs beyond starting any program at all.
//!
//! Measures wall time from outside. The empty program is the floor that no program gets below on this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::metadata::Metadata;
use crate::step::{Step, timed};

/// A whole answer without network: parse, build a link, print.
const ARGUMENTS: &[&str] = &["link", "B08N5WRWNW", "--tag", "demo-20"];

/// Enough for a median that does not move between two calls.
const RUNS: usize = 300;

/// Runs before measuring, until the files are in memory.
const WARM_UP: usize = 10;

/// GNU time, which knows how much memory a child used.
const TIME: &str = "/usr/bin/time";

/// Builds both programs, measures, and prints medians, ratio and memory.
pub(crate) fn run() -> Outcome {
    let metadata = Metadata::load()?;
    Step::cargo("release", ["build", "--release", "--locked", "-p", "linkwright"]).run()?;
    let target = metadata.target_directory;
    let ours = target.join("release").join(format!("linkwright{}", std::env::consts::EXE_SUFFIX));
    let empty = compile_empty(&target.join("xtask"))?;

    match on_path("hyperfine") {
        Some(hyperfine) => with_hyperfine(&hyperfine, &ours, &empty)?,
        None => by_ourselves(&ours, &empty)?,
    }
    print_memory(&ours, &empty);
    Step::cargo("items", ["bench", "--locked", "-p", "linkwright-creators", "--bench", "start_up"]).run()
}

/// Compiles `fn main() {}` into `folder`.
fn compile_empty(folder: &Path) -> Outcome<PathBuf> {
    let source = folder.join("empty.rs");
    let program = folder.join(format!("empty{}", std::env::consts::EXE_SUFFIX));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&source, "fn main() {}\n"))
        .map_err(|error| Failure::because(format!("cannot write `{}`: {error}", source.display())))?;
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    timed("empty program", "rustc -O --edition 2024 empty.rs", || {
        let status = Command::new(rustc)
            .args(["-O", "--edition", "2024", "-o"])
            .args([&program, &source])
            .status()
            .map_err(|error| Failure::because(format!("rustc could not be started: {error}")))?;
        if status.success() { Ok(()) } else { Err(Failure::because(format!("rustc failed ({status})"))) }
    })?;
    Ok(program)
}

fn by_ourselves(ours: &Path, empty: &Path) -> Outcome {
    let (mut of_ours, mut of_empty) = (Vec::with_capacity(RUNS), Vec::with_capacity(RUNS));
    for round in 0..WARM_UP + RUNS {
        // Alternating, so that a slow second of the machine hits both.
        let (a, b) = (once(ours, ARGUMENTS)?, once(empty, &[])?);
        if round >= WARM_UP {
            of_ours.push(a);
            of_empty.push(b);
        }
    }
    let (ours, empty) = (median(&mut of_ours), median(&mut of_empty));
    println!("start-up of `linkwright {}`, median of {RUNS} runs each, alternating", ARGUMENTS.join(" "));
    println!("empty program  {:>8.3} ms", milliseconds(empty));
    println!("linkwright     {:>8.3} ms", milliseconds(ours));
    println!("ratio          {:>8.2}", ours.as_secs_f64() / empty.as_secs_f64());
    Ok(())
}

fn once(program: &Path, arguments: &[&str]) -> Outcome<Duration> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let status = command.status();
    let took = started.elapsed();
    match status {
        Ok(status) if status.success() => Ok(took),
        Ok(status) => Err(Failure::because(format!(
            "`{} {}` failed ({status}); a failing program is no measure\nhint: run it by hand to see why",
            program.display(),
            arguments.join(" ")
        ))),
        Err(error) => Err(Failure::because(format!("`{}` could not be started: {error}", program.display()))),
    }
}

/// Hyperfine calibrates and warns about outliers, so it is preferred where it is installed.
fn with_hyperfine(hyperfine: &Path, ours: &Path, empty: &Path) -> Outcome {
    let runs = RUNS.to_string();
    let warm_up = WARM_UP.to_string();
    let ours = format!("'{}' {}", ours.display(), ARGUMENTS.join(" "));
    let empty = format!("'{}'", empty.display());
    // Without `-N` a shell is started too, which takes longer than what is measured.
    let status = Command::new(hyperfine)
        .args([
            "-N",
            "--warmup",
            &warm_up,
            "--runs",
            &runs,
            "-n",
            "linkwright",
            &ours,
            "-n",
            "empty program",
            &empty,
        ])
        .status()
        .map_err(|error| Failure::because(format!("hyperfine could not be started: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::because(format!("hyperfine failed ({status})"))) }
}

fn print_memory(ours: &Path, empty: &Path) {
    if !cfg!(target_os = "linux") || !Path::new(TIME).exists() {
        println!("memory         not measured: there is no GNU time at {TIME}");
        return;
    }
    for (name, program, arguments) in [("empty program", empty, &[][..]), ("linkwright", ours, ARGUMENTS)] {
        match largest_resident_kilobytes(program, arguments) {
            Some(kilobytes) => println!("{name:<13}  {kilobytes:>8} KB resident at most"),
            None => println!("{name:<13}  memory not measured: {TIME} did not understand `-f %M`"),
        }
    }
}

fn largest_resident_kilobytes(program: &Path, arguments: &[&str]) -> Option<u64> {
    let mut command = Command::new(TIME);
    command.args(["-f", "%M"]).arg(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let output = command.output().ok()?;
    // The program's own warnings come before the figure.
    String::from_utf8_lossy(&output.stderr).lines().last()?.trim().parse().ok()
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&folders).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// The middle one; of an even number, the mean of the middle two.
fn median(durations: &mut [Duration]) -> Duration {
    durations.sort_unstable();
    let middle = durations.len() / 2;
    match (durations.get(middle.wrapping_sub(1)), durations.get(middle)) {
        (Some(below), Some(above)) if durations.len().is_multiple_of(2) => (*below + *above) / 2,
        (_, Some(middle)) => *middle,
        _ => Duration::ZERO,
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        for (of, expected) in [(&[3, 1, 2][..], 2), (&[4, 1, 2, 8], 3), (&[5], 5), (&[], 0)] {
            let mut durations: Vec<Duration> =
                of.iter().map(|seconds| Duration::from_secs(*seconds)).collect();
            assert_eq!(median(&mut durations), Duration::from_secs(expected), "{of:?}");
        }
    }
}
