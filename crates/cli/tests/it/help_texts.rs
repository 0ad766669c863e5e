//! The house style of help texts, over every command and option there is.

/// The help of every command, line by line, with the command's name.
fn help_lines() -> Vec<(String, String)> {
    let (mut lines, mut command, mut inside) = (Vec::new(), String::new(), false);
    for line in linkwright::reference_markdown().lines() {
        if let Some(name) = line.strip_prefix("## `") {
            name.trim_end_matches('`').clone_into(&mut command);
        }
        match line {
            "```text" => inside = true,
            "```" => inside = false,
            _ if inside => lines.push((command.clone(), line.to_owned())),
            _ => {}
        }
    }
    lines
}

#[test]
fn every_command_is_there() {
    let mut commands: Vec<String> = help_lines().into_iter().map(|(command, _)| command).collect();
    commands.dedup();
    let expected = [
        "linkwright",
        "linkwright link",
        "linkwright inspect",
        "linkwright items",
        "linkwright search",
        "linkwright variations",
        "linkwright browse-nodes",
        "linkwright feeds",
        "linkwright feeds list",
        "linkwright feeds get",
        "linkwright reports",
        "linkwright reports list",
        "linkwright reports get",
        "linkwright call",
        "linkwright marketplaces",
        "linkwright credential",
        "linkwright credential add",
        "linkwright credential import",
        "linkwright credential list",
        "linkwright credential show",
        "linkwright credential verify",
        "linkwright credential remove",
        "linkwright credential restore",
        "linkwright profile",
        "linkwright profile create",
        "linkwright profile show",
        "linkwright profile list",
        "linkwright profile set",
        "linkwright profile edit",
        "linkwright init",
        "linkwright emulator",
        "linkwright completions",
        "linkwright man",
    ];
    assert_eq!(commands, expected);
}

#[test]
fn help_fits_a_hundred_columns() {
    for (command, line) in help_lines() {
        assert!(line.chars().count() <= 100, "{command}: {line}");
    }
}

#[test]
fn one_line_help_is_imperative_and_has_no_full_stop() {
    let mut options = 0;
    let lines = help_lines();
    for pair in lines.windows(2) {
        let [(_, above), (command, line)] = pair else { unreachable!("windows of two") };
        let about_option =
            above.trim_start().starts_with('-') && line.starts_with("          ") && !line.contains(" - ");
        let about_command = above == "```text";
        if about_option || about_command {
            options += 1;
            assert!(!line.ends_with('.'), "{command}: a full stop: {line}");
            assert!(line.trim().starts_with(char::is_uppercase), "{command}: begins small: {line}");
        }
    }
    assert!(options > 50, "only {options} lines of help were looked at");
}
