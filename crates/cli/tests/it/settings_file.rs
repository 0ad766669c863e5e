//! What the program does to the file of profiles on a real disk: nothing but what was asked for, or nothing at all.

use crate::support::Program;

const FILE: &str = ".config/linkwright/config.toml";

/// A home folder with a profile `main`, and comments by its owner.
fn with_profile() -> Program {
    let program = Program::new();
    let text = "# mine\nformat = 1\ndefault = \"main\"\n\n[profile.main] # home\nmarketplace = \"us\" # for now\n\n\
                [profile.main.tags]\nus = \"demo-20\" # the first\n";
    let path = program.home().join(FILE);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    std::fs::write(path, text).expect("the file can be written");
    program
}

#[track_caller]
fn run(program: &Program, script: &str, output: &str, code: i32) {
    let run = program.run(script);
    assert_eq!((run.output.as_str(), run.code), (output, Some(code)), "{script}");
}

#[test]
fn a_change_that_is_refused_leaves_every_byte() {
    let program = with_profile();
    let before = std::fs::read(program.home().join(FILE)).expect("the file");
    for arguments in [
        "set main marketplace nowhere",
        "set main colour red",
        "set main missing-tag maybe",
        "set main tags.de 'not a tag'",
        "set main tags.za demo-20",
        "set other marketplace de",
        "create main",
        "create 'bad name'",
        "create second --tag demo-21",
    ] {
        let run = program.run(&format!("linkwright profile {arguments}"));
        assert!(matches!(run.code, Some(1 | 2)), "{arguments}: {run:?}");
        assert_eq!(std::fs::read(program.home().join(FILE)).expect("the file"), before, "{arguments}");
    }
    run(&program, "ls -A .config/linkwright", "config.toml\n", 0);
}

#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    let program = with_profile();
    run(&program, "mkdir dotfiles && mv ~/.config/linkwright/config.toml dotfiles/lw.toml", "", 0);
    run(
        &program,
        "ln -s ../../dotfiles/lw.toml ~/.config/linkwright/config.toml && chmod 640 dotfiles/lw.toml",
        "",
        0,
    );
    run(&program, "linkwright -q profile set main tags.de demo-21", "", 0);
    run(&program, "readlink ~/.config/linkwright/config.toml", "../../dotfiles/lw.toml\n", 0);
    run(&program, "stat -c %a dotfiles/lw.toml", "640\n", 0);
    run(&program, "grep -c demo-21 dotfiles/lw.toml", "1\n", 0);
    // The file behind the link is not there yet.
    run(&program, "rm dotfiles/lw.toml; linkwright -q profile create main", "", 0);
    run(
        &program,
        "readlink ~/.config/linkwright/config.toml; test -f dotfiles/lw.toml",
        "../../dotfiles/lw.toml\n",
        0,
    );
    run(&program, "stat -c %a dotfiles/lw.toml", "600\n", 0);
    // A circle of links is a mistake that is told.
    run(
        &program,
        "ln -s b a; ln -s a b; linkwright --config a profile create main 2>&1 | head -c 32",
        "error: cannot read the file of p",
        0,
    );
}

#[test]
fn comments_and_order_stay() {
    let program = with_profile();
    run(&program, "linkwright -q profile set main marketplace de", "", 0);
    run(&program, "linkwright -q profile set main tags.us other-20", "", 0);
    run(
        &program,
        &format!("cat {FILE}"),
        "# mine\nformat = 1\ndefault = \"main\"\n\n[profile.main] # home\nmarketplace = \"de\" # for now\n\n\
         [profile.main.tags]\nus = \"other-20\" # the first\n",
        0,
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let program = Program::new();
    // A file where the folder should be; root, too, cannot make that one.
    run(
        &program,
        "touch file; linkwright --config file/config.toml profile create main",
        "error: cannot read the file of profiles: `file/config.toml`: Not a directory (os error 20)\n",
        5,
    );
    run(&program, "mkdir locked && chmod 500 locked", "", 0);
    let created = program.run("linkwright --config locked/config.toml profile create main");
    if program.run("id -u").output.trim() == "0" {
        // Root may write everywhere; then the file is simply there.
        assert_eq!((created.code, program.run("test -f locked/config.toml").code), (Some(0), Some(0)));
        return;
    }
    assert_eq!(
        created.output,
        "error: cannot write beside: `locked/config.toml`: Permission denied (os error 13)\n"
    );
    assert_eq!(created.code, Some(5));
    run(&program, "ls -A locked", "", 0);
}

/// Only Linux has a file system that everybody may read and nobody may write.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_file_system_is_named() {
    // Nobody, not even root, can make a file there.
    let run = Program::new().run("linkwright --config /proc/linkwright.toml profile create main");
    assert!(
        run.output.starts_with("error: cannot write beside: `/proc/linkwright.toml`: "),
        "{}",
        run.output
    );
    assert_eq!(run.code, Some(5));
}

#[test]
fn a_folder_instead_of_a_file_is_named() {
    let program = Program::new();
    for command in ["link B08N5WRWNW --tag demo-20", "profile show", "profile create main", "profile list"] {
        run(
            &program,
            &format!("mkdir -p folder; linkwright --config folder {command}"),
            "error: a folder, not a file of profiles: `folder`, named by --config\n",
            2,
        );
    }
}

#[test]
fn without_a_home_links_are_made_and_profiles_are_not() {
    let program = Program::new();
    let nowhere = "unset HOME XDG_CONFIG_HOME;";
    run(
        &program,
        &format!("{nowhere} linkwright link B08N5WRWNW --tag demo-20"),
        "https://www.amazon.com/dp/B08N5WRWNW?tag=demo-20\n",
        0,
    );
    run(
        &program,
        &format!("{nowhere} linkwright profile create main"),
        "error: no folder for settings: `HOME` is not set\nhint: set `LINKWRIGHT_CONFIG` to a file\n",
        2,
    );
}

#[test]
fn an_editor_gets_even_a_broken_file_and_cannot_lose_it() {
    let program = with_profile();
    // Neither TOML nor text: an editor must see it as it is, not a fresh template.
    run(&program, &format!(r"printf 'format = \xff\n' > {FILE}; cp {FILE} before"), "", 0);
    run(
        &program,
        "EDITOR=true linkwright profile edit",
        "error: ~/.config/linkwright/config.toml:1: not UTF-8\nhint: nothing was changed\n",
        2,
    );
    run(&program, &format!("cmp before {FILE}"), "", 0);
    run(
        &program,
        "printf 'format = 1\\n' > good; EDITOR='cp good' linkwright profile edit",
        "saved ~/.config/linkwright/config.toml\n",
        0,
    );
    run(&program, &format!("cmp good {FILE}"), "", 0);
}
