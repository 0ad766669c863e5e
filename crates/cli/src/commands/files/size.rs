//! Sizes of files as people read them.

/// `12.3 MB`, in steps of a thousand.
pub(super) fn size(bytes: u64) -> String {
    const STEPS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    // In tenths of the step, rounded, so that 999,950 bytes are 1.0 MB and not 1000.0 kB.
    let mut tenths = (bytes + 50) / 100;
    let mut step = 0;
    while tenths >= 10_000 && step + 1 < STEPS.len() {
        tenths = (tenths + 500) / 1000;
        step += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, STEPS[step])
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_short() {
        #[track_caller]
        fn check(bytes: u64, shown: &str) {
            assert_eq!(super::size(bytes), shown);
        }
        check(0, "0 B");
        check(999, "999 B");
        check(1000, "1.0 kB");
        check(1949, "1.9 kB");
        check(1950, "2.0 kB");
        check(999_949, "999.9 kB");
        check(999_950, "1.0 MB");
        check(12_345_678, "12.3 MB");
        check(5_000_000_000, "5.0 GB");
        check(1 << 50, "1125.9 TB");
    }
}
