//! A page of Markdown as its examples and the text around them.

/// A page of Markdown.
pub(super) struct Page {
    pieces: Vec<Piece>,
    skipped: Vec<SkippedBlock>,
}

/// A piece of a page.
pub(super) enum Piece {
    /// A line that is no example's.
    Text(String),
    Example(Example),
}

/// A command, and what it prints.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Example {
    /// The line of the page it begins at.
    pub(super) line: usize,
    pub(super) command: String,
    pub(super) output: String,
    pub(super) code: i32,
}

struct SkippedBlock {
    line: usize,
    has_reason: bool,
}

impl Example {
    /// The output as the page shows it, with the exit code at the end if it is not 0.
    pub(super) fn with_code(&self) -> String {
        match self.code {
            0 => self.output.clone(),
            code => format!("{}[exit {code}]\n", self.output),
        }
    }
}

/// An output as pages show it: no blanks at the ends of lines, and a line's end at the end.
pub(super) fn shown(output: &str) -> String {
    let mut shown: String = output.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    // A blank line at an output's end cannot be told from the page's own.
    shown.truncate(shown.trim_end().len());
    if !shown.is_empty() {
        shown.push('\n');
    }
    shown
}

impl Page {
    pub(super) fn parse(text: &str) -> Self {
        let mut page = Self { pieces: Vec::new(), skipped: Vec::new() };
        let mut lines = text.lines().zip(1..).peekable();
        let mut above = "";
        while let Some((line, number)) = lines.next() {
            page.pieces.push(Piece::Text(line.to_owned()));
            match line.strip_prefix("```") {
                Some("console") => {
                    while let Some((line, number)) = lines.next_if(|(line, _)| *line != "```") {
                        let Some(command) = line.strip_prefix("$ ") else {
                            page.pieces.push(Piece::Text(line.to_owned()));
                            continue;
                        };
                        let mut command = command.to_owned();
                        while let Some((more, _)) =
                            lines.next_if(|(line, _)| line.starts_with("> ") || *line == ">")
                        {
                            command.push('\n');
                            command.push_str(more.get(2..).unwrap_or_default());
                        }
                        let mut output = Vec::new();
                        while let Some((line, _)) =
                            lines.next_if(|(line, _)| *line != "```" && !line.starts_with("$ "))
                        {
                            output.push(line);
                        }
                        let code = output
                            .last()
                            .and_then(|last| last.strip_prefix("[exit ")?.strip_suffix(']')?.parse().ok());
                        if code.is_some() {
                            output.pop();
                        }
                        let output: String = output.iter().map(|line| format!("{line}\n")).collect();
                        page.pieces.push(Piece::Example(Example {
                            line: number,
                            command,
                            output,
                            code: code.unwrap_or(0),
                        }));
                    }
                    page.pieces.extend(lines.next().map(|(fence, _)| Piece::Text(fence.to_owned())));
                }
                Some("console,ignore") => {
                    page.skipped.push(SkippedBlock { line: number, has_reason: above.ends_with("-->") });
                    // To the end of the block, whatever is in it.
                    for (line, _) in lines.by_ref() {
                        page.pieces.push(Piece::Text(line.to_owned()));
                        if line == "```" {
                            break;
                        }
                    }
                }
                Some(other) if !other.is_empty() => {
                    for (line, _) in lines.by_ref() {
                        page.pieces.push(Piece::Text(line.to_owned()));
                        if line.starts_with("```") {
                            break;
                        }
                    }
                }
                _ => {}
            }
            above = line;
        }
        page
    }

    /// The same page with other examples in the places of these.
    pub(super) fn map_examples(&self, mut replace: impl FnMut(&Example) -> Example) -> Self {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(line) => Piece::Text(line.clone()),
            Piece::Example(example) => Piece::Example(replace(example)),
        });
        Self { pieces: pieces.collect(), skipped: Vec::new() }
    }

    /// The page as Markdown.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(line) => text.push_str(&format!("{line}\n")),
                Piece::Example(example) => {
                    for (position, line) in example.command.split('\n').enumerate() {
                        let mark = if position == 0 { "$" } else { ">" };
                        text.push_str(format!("{mark} {line}").trim_end());
                        text.push('\n');
                    }
                    text.push_str(&example.with_code());
                }
            }
        }
        text
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(super) fn examples(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Example(_))).count()
    }

    pub(super) fn skipped(&self) -> usize {
        self.skipped.len()
    }

    /// The lines of skipped blocks that do not say why.
    pub(super) fn skipped_without_reason(&self) -> Vec<usize> {
        self.skipped.iter().filter(|block| !block.has_reason).map(|block| block.line).collect()
    }

    /// Whether the page begins with a title and a sentence.
    pub(super) fn title_and_sentence(&self) -> bool {
        let mut lines = self.pieces.iter().map_while(|piece| match piece {
            Piece::Text(line) => Some(line.as_str()),
            Piece::Example(_) => None,
        });
        let title = lines.next().is_some_and(|line| line.starts_with("# "));
        let sentence = lines.find(|line| !line.is_empty()).is_some_and(|line| !line.starts_with("```"));
        title && sentence
    }
}
