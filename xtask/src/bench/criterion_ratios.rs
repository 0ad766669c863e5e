//! Reads what criterion measured and prints it per group, as a ratio to the bench whose name begins with `baseline`.
//!
//! Reads `GROUP/BENCH/new/estimates.json` under criterion's folder; measures nothing itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde_json::Value;

use crate::failure::{Failure, Outcome};

/// Group → bench → mean time in nanoseconds.
type Means = BTreeMap<String, BTreeMap<String, f64>>;

/// Prints what was measured after `since`; older results belong to benches that did not run this time.
pub(super) fn print(folder: &Path, since: SystemTime) -> Outcome {
    let mut means = Means::new();
    collect(folder, &[], since, &mut means)?;
    if means.is_empty() {
        println!("nothing was measured, so there are no ratios");
    }
    for (group, benches) in &means {
        println!("\n{}", table(group, benches));
    }
    Ok(())
}

fn collect(folder: &Path, names: &[String], since: SystemTime, means: &mut Means) -> Outcome {
    let trouble = |error: &dyn std::fmt::Display| {
        Failure::because(format!("cannot read criterion's results in `{}`: {error}", folder.display()))
    };
    let estimates = folder.join("new").join("estimates.json");
    let measured = fs::metadata(&estimates).and_then(|metadata| metadata.modified());
    if measured.is_ok_and(|measured| measured >= since) {
        let json = fs::read(&estimates).map_err(|error| trouble(&error))?;
        let json: Value = serde_json::from_slice(&json).map_err(|error| trouble(&error))?;
        let mean = json["mean"]["point_estimate"].as_f64();
        let mean = mean.ok_or_else(|| trouble(&"estimates.json has no mean.point_estimate"))?;
        // A bench outside of any group is a group of its own.
        if let [group, bench @ ..] = names {
            let bench = if bench.is_empty() { group.clone() } else { bench.join("/") };
            means.entry(group.clone()).or_default().insert(bench, mean);
        }
    }
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry.map_err(|error| trouble(&error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_bench = entry.file_type().is_ok_and(|kind| kind.is_dir())
            && !matches!(name.as_str(), "new" | "base" | "change" | "report");
        if is_bench {
            let names = [names, &[name]].concat();
            collect(&entry.path(), &names, since, means)?;
        }
    }
    Ok(())
}

/// One group as a table, the baseline first.
fn table(group: &str, benches: &BTreeMap<String, f64>) -> String {
    let baseline = benches.iter().find(|(name, _)| name.starts_with("baseline"));
    let width = benches.keys().map(|name| name.chars().count()).max().unwrap_or(0).max(group.chars().count());
    let mut lines = vec![format!("{group:<width$}  {:>14}  {:>8}", "ns", "ratio")];
    let is_baseline = |name: &String| baseline.is_some_and(|(of, _)| of == name);
    let first = benches.iter().filter(|(name, _)| is_baseline(name));
    for (name, mean) in first.chain(benches.iter().filter(|(name, _)| !is_baseline(name))) {
        let ratio = baseline.map_or_else(|| "-".to_owned(), |(_, of)| format!("{:.2}", mean / of));
        lines.push(format!("{name:<width$}  {mean:>14.1}  {ratio:>8}"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_to_the_baseline_of_the_group() {
        let benches = BTreeMap::from([
            ("a-read".to_owned(), 250.0),
            ("baseline-url".to_owned(), 100.0),
            ("write/long".to_owned(), 50.0),
        ]);
        let expected = [
            "links                     ns     ratio",
            "baseline-url           100.0      1.00",
            "a-read                 250.0      2.50",
            "write/long              50.0      0.50",
        ];
        assert_eq!(table("links", &benches).lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn without_a_baseline_there_is_no_ratio() {
        let benches = BTreeMap::from([("read".to_owned(), 1234.56)]);
        assert_eq!(table("links", &benches).lines().nth(1), Some("read           1234.6         -"));
    }
}
