//! What only the real program can show: pipes, streams, memory, odd bytes.

use std::io::Write as _;
use std::process::{Output, Stdio};

use crate::support::Program;

const ASIN: &str = "B08N5WRWNW";

/// Runs a script with these bytes on standard input.
fn feed(program: &Program, script: &str, input: impl IntoIterator<Item = Vec<u8>> + Send) -> Output {
    let mut command = program.shell(script);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("bash runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        // Beside the reading of the answer: either pipe may be full.
        scope.spawn(move || {
            for bytes in input {
                if stdin.write_all(&bytes).is_err() {
                    // The program has ended; what it said is what the test looks at.
                    return;
                }
            }
        });
        child.wait_with_output().expect("the script ends")
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A million links, a thousand at a time.
fn million_links() -> impl Iterator<Item = Vec<u8>> + Send {
    (0..1000_u32).map(|thousand| {
        let line = |number: u32| {
            format!("https://www.amazon.de/Some-Thing/dp/{ASIN}/ref=sr_1_{number}?tag=someone-21&th=1&qid={number}\n")
        };
        (0..1000).map(|number| line(thousand * 1000 + number)).collect::<String>().into_bytes()
    })
}

#[test]
fn a_reader_that_goes_away_early_is_no_failure() {
    let program = Program::new();
    let script = |command: &str| format!("{command} | head -1 > first; echo ${{PIPESTATUS[0]}}");
    for command in [
        "linkwright inspect --json -",
        "linkwright link - --tag de=demo-21",
        "linkwright link - --tag us=demo-20",
    ] {
        let output = feed(&program, &script(command), million_links());
        assert_eq!(text(&output.stdout), "0\n", "{command}");
        // The third command has an error a line to tell; those before the first answer was written are told.
        if !command.ends_with("us=demo-20") {
            assert_eq!(text(&output.stderr), "", "{command}");
        }
        let first = std::fs::read_to_string(program.home().join("first")).expect("a first line");
        assert_eq!(first.lines().count(), 1, "{command}");
    }
    for command in
        ["linkwright link --help", "linkwright man", "linkwright completions bash", "linkwright marketplaces"]
    {
        // `true` reads nothing at all.
        let run = program.run(&format!("{command} | true; echo ${{PIPESTATUS[0]}}"));
        assert_eq!(run.output, "0\n", "{command}");
    }
}

/// Only Linux has a device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let program = Program::new();
    let run = program.run(&format!("linkwright link {ASIN} --tag demo-20 > /dev/full"));
    assert_eq!(run.output, "error: cannot write to standard output: No space left on device (os error 28)\n");
    assert_eq!(run.code, Some(5));
    assert_eq!(program.run("linkwright --help > /dev/full").code, Some(5));
}

#[test]
fn color_is_for_terminals_and_for_who_asks() {
    #[track_caller]
    fn check(script: &str, colored: bool) {
        let output = Program::new().run(script).output;
        assert!(output.contains("error"), "{script}: {output}");
        assert_eq!(output.contains('\x1b'), colored, "{script}: {output:?}");
    }
    check("linkwright link nonsense", false);
    check("TERM=xterm-256color linkwright link nonsense", false);
    check("linkwright link nonsense --color never", false);
    check("linkwright link nonsense --color always", true);
    check("linkwright link --nonsense", false);
    check("linkwright link --nonsense --color always", true);
    check("linkwright link --nonsense --color=always", true);
    // A terminal, as `script` of util-linux makes one.
    if Program::new().run("script --version").output.contains("util-linux") {
        let on_terminal =
            |before: &str, command: &str| format!("{before} TERM=xterm script -qec '{command}' /dev/null");
        check(&on_terminal("", "linkwright link nonsense"), true);
        check(&on_terminal("", "linkwright link --nonsense"), true);
        check(&on_terminal("NO_COLOR=1", "linkwright link nonsense"), false);
        check(&on_terminal("NO_COLOR=1", "linkwright link --nonsense"), false);
        check(&on_terminal("NO_COLOR=", "linkwright link nonsense"), true);
        check(&on_terminal("NO_COLOR=1", "linkwright link nonsense --color always"), true);
        check(&on_terminal("", "TERM=dumb linkwright link nonsense"), false);
    }
}

/// The most memory the program had while it read all of the input, in KiB. Only Linux tells; elsewhere it is not looked at.
fn most_memory(program: &Program, command: &str, input: impl Iterator<Item = Vec<u8>>) -> u64 {
    // `exec`: the shell becomes the program, and its number the program's.
    let mut command = program.shell(&format!("exec {command} > answers 2> /dev/null"));
    command.stdin(Stdio::piped());
    let mut child = command.spawn().expect("bash runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    for bytes in input {
        stdin.write_all(&bytes).expect("the program reads all");
    }
    // It cannot end before its input does, so its numbers are there to be read.
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    drop(stdin);
    child.wait().expect("the program ends");
    if !cfg!(target_os = "linux") {
        return 0;
    }
    let status = status.expect("the program's numbers");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak of its memory");
    peak.trim().trim_end_matches(" kB").parse().expect("a number of KiB")
}

#[track_caller]
fn check_memory(command: &str, input: impl Iterator<Item = Vec<u8>>, answers: usize) {
    let program = Program::new();
    let memory = most_memory(&program, command, input);
    // An unoptimised build takes 17 to 20 MiB for itself; the smallest of these inputs would add 9 if it were kept.
    assert!(memory < 24_000, "{command}: {memory} KiB");
    let run = program.run("wc -l < answers");
    assert_eq!(run.output.trim(), answers.to_string(), "{command}");
}

#[test]
fn memory_does_not_grow_with_the_input() {
    check_memory("linkwright inspect --json -", million_links(), 1_000_000);
    let fewer = || million_links().take(100);
    check_memory("linkwright link - --tag de=demo-21 --format json", fewer(), 100_000);
    check_memory("linkwright items - --tag de=demo-21 --json", fewer(), 100_000);
    // Every line an error.
    check_memory("linkwright link - --tag us=demo-20", fewer(), 100_000);
    // 64 MiB in one line.
    let line = || (0..1024).map(|_| vec![b'x'; 1 << 16]);
    check_memory("linkwright inspect --json -", line(), 1);
    check_memory("linkwright link - --tag us=demo-20", line(), 1);
    check_memory("linkwright items - --tag us=demo-20 --json", line(), 1);
}

#[test]
fn bytes_that_are_no_text_are_passed_on_as_they_are() {
    #[track_caller]
    fn check(script: &str, input: &[u8], stdout: &[u8], stderr: &str, code: i32) {
        let output = feed(&Program::new(), script, [input.to_vec()]);
        assert_eq!(text(&output.stdout), text(stdout));
        assert_eq!(output.stdout, stdout);
        assert_eq!(text(&output.stderr), stderr);
        assert_eq!(output.status.code(), Some(code));
    }
    let link = "linkwright link - --tag us=demo-20 --quiet";
    let linked = b"https://www.amazon.com/dp/B08N5WRWNW?tag=demo-20\n";
    // Invalid UTF-8 stays, byte by byte; the lines beside it are linked.
    check(
        link,
        b"\xff\xfe broken\nB08N5WRWNW\n",
        &[b"\xff\xfe broken\n", &linked[..]].concat(),
        "error: line 1: not an ASIN, an ISBN or an Amazon link: `\u{fffd}\u{fffd} broken`\n",
        3,
    );
    // Windows' line ends, a byte order mark, and a last line without an end.
    check(
        link,
        b"\xef\xbb\xbfhttps://www.amazon.com/dp/B08N5WRWNW\r\nB08N5WRWNW\r\n",
        &[linked.as_slice(), linked].concat(),
        "",
        0,
    );
    check(link, b"B08N5WRWNW", linked, "", 0);
    check(link, b"\r\nB08N5WRWNW\r\n", &[b"\n", &linked[..]].concat(), "", 0);
    check(link, b"", b"", "", 0);
    check("linkwright link - --tag us=demo-20 <&-", b"", b"", "", 0);
    check("linkwright inspect --json - <&-", b"", b"", "", 0);
}

#[test]
fn a_line_of_five_megabytes_is_passed_on_whole() {
    #[track_caller]
    fn check(length: usize, line_end: &str) {
        let long = "y".repeat(length);
        let input = format!("{long}{line_end}B08N5WRWNW\n").into_bytes();
        let output = feed(&Program::new(), "linkwright link - --tag us=demo-20", [input]);
        let expected = format!("{long}\nhttps://www.amazon.com/dp/B08N5WRWNW?tag=demo-20\n");
        assert!(text(&output.stdout) == expected, "{length} bytes were not passed on as they were");
        let message = "error: line 1: longer than any link: over 1048576 bytes\n";
        assert_eq!(text(&output.stderr), message);
        assert_eq!(output.status.code(), Some(3));
    }
    check(5 << 20, "\n");
    check((5 << 20) + 1, "\r\n");
    check((1 << 20) + 1, "\n");
}

#[test]
fn a_long_line_at_the_end_is_closed() {
    for length in [(1 << 20) + 1, 2 << 20, 3 << 20] {
        let output = feed(&Program::new(), "linkwright link - --tag us=demo-20 -q", [vec![b'z'; length]]);
        assert_eq!(output.stdout.len(), length + 1);
        assert_eq!(output.stdout.last(), Some(&b'\n'));
    }
}

#[test]
fn inspect_answers_every_line_whatever_is_in_it() {
    let input = b"\xff\n\n\xef\xbb\xbfhttps://www.amazon.de/dp/B08N5WRWNW\r\n\"\\\x01\n".to_vec();
    let long = [vec![b'w'; 3 << 20], b"\nhttps://amzn.to/x\n".to_vec()].concat();
    let output = feed(&Program::new(), "linkwright inspect --json -", [input, long]);
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let kinds: Vec<&str> = lines.iter().map(|line| line["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["not_amazon", "not_amazon", "product", "not_amazon", "not_amazon", "short"]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn json_is_one_document_a_line_on_both_streams() {
    let input = b"B08N5WRWNW\nnonsense\n\nhttps://www.amazon.cn/dp/B08N5WRWNW\n".to_vec();
    for command in ["link - --json", "items - --json", "inspect - --json"] {
        let script = format!(
            "linkwright {command} {}",
            if command.starts_with("inspect") { "" } else { "--tag us=demo-20" }
        );
        let output = feed(&Program::new(), &script, [input.clone()]);
        let lines = text(&output.stdout);
        assert!(lines.lines().count() >= 3, "{command}: {lines}");
        for line in lines.lines() {
            assert!(line.starts_with(r#"{"format":1,"#), "{command}: {line}");
            serde_json::from_str::<serde_json::Value>(line).expect("JSON");
        }
        for line in text(&output.stderr).lines() {
            let starts = [r#"{"error":{"kind":"#, r#"{"warning":{"message":"#, r#"{"hint":{"message":"#];
            assert!(starts.iter().any(|start| line.starts_with(start)), "{line}");
            serde_json::from_str::<serde_json::Value>(line).expect("JSON");
        }
    }
}

#[test]
fn completion_scripts_are_accepted_by_their_shells() {
    let program = Program::new();
    let mut accepted = 0;
    for (shell, check) in [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish --no-execute")] {
        let script = format!("linkwright completions {shell} > script.{shell} && test -s script.{shell}");
        assert_eq!(program.run(&script).code, Some(0), "{shell}");
        if program.run(&format!("command -v {shell}")).code == Some(0) {
            let run = program.run(&format!("{check} script.{shell}"));
            assert_eq!((run.output.as_str(), run.code), ("", Some(0)), "{shell}");
            accepted += 1;
        }
    }
    assert!(accepted > 0, "not even bash looked at its script");
    // The script knows the commands and the options of each.
    let script = "source script.bash; COMP_WORDS=(linkwright link --for); COMP_CWORD=2; _linkwright linkwright --for link; \
                  echo ${COMPREPLY[*]}";
    assert_eq!(program.run(script).output, "--form --format\n");
}
