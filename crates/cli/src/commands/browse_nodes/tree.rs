//! A category as a tree: the root at the top, the category below what it belongs to, and what is in it below that.

use linkwright_sdk::core::{Ancestor, BrowseNode, ChildNode};

use crate::printable::printable;

/// What a tree is drawn with.
struct Strokes {
    branch: &'static str,
    last: &'static str,
}

const BOXES: Strokes = Strokes { branch: "├── ", last: "└── " };
const ASCII: Strokes = Strokes { branch: "|-- ", last: "`-- " };

/// One line a category, with its number.
pub(super) fn lines(node: &BrowseNode, unicode: bool) -> Vec<String> {
    let strokes = if unicode { BOXES } else { ASCII };
    let mut lines = Vec::new();
    let mut depth = 0;
    let mut below = |label: String, stroke: &str, depth: usize| {
        let indent = "    ".repeat(depth.saturating_sub(1));
        let stroke = if depth == 0 { "" } else { stroke };
        lines.push(format!("{indent}{stroke}{label}"));
    };
    for ancestor in node.ancestors.iter().rev() {
        let Ancestor { id, .. } = ancestor;
        below(label(ancestor.name(), id.as_deref()), strokes.last, depth);
        depth += 1;
    }
    below(label(node.name(), node.id.as_deref()), strokes.last, depth);
    depth += 1;
    for (position, child) in node.children.iter().enumerate() {
        let ChildNode { id, display_name, context_free_name, .. } = child;
        let name = display_name.as_deref().or(context_free_name.as_deref());
        let is_last = position + 1 == node.children.len();
        below(label(name, id.as_deref()), if is_last { strokes.last } else { strokes.branch }, depth);
    }
    lines
}

/// `Kettles  284507`.
fn label(name: Option<&str>, id: Option<&str>) -> String {
    let name = name.unwrap_or("(no name)");
    let text = id.map_or_else(|| name.to_owned(), |id| format!("{name}  {id}"));
    printable(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category() -> BrowseNode {
        let named = |name: &str| (Some(name.to_owned()), Some(name.len().to_string()));
        let mut node = BrowseNode::default();
        (node.display_name, node.id) = named("Kettles");
        node.ancestors = ["Kitchen", "Home & Kitchen"]
            .map(|name| {
                let mut above = Ancestor::default();
                (above.display_name, above.id) = named(name);
                above
            })
            .to_vec();
        node.children = ["Electric", "Stove\x1b[2Jtop"]
            .map(|name| {
                let mut below = ChildNode::default();
                (below.context_free_name, below.id) = named(name);
                below
            })
            .to_vec();
        node
    }

    #[test]
    fn a_tree_is_drawn_from_the_root_down() {
        let boxes = [
            "Home & Kitchen  14",
            "└── Kitchen  7",
            "    └── Kettles  7",
            "        ├── Electric  8",
            r"        └── Stove\u{1b}[2Jtop  12",
        ];
        assert_eq!(lines(&category(), true), boxes);
        let ascii = [
            "Home & Kitchen  14",
            "`-- Kitchen  7",
            "    `-- Kettles  7",
            "        |-- Electric  8",
            r"        `-- Stove\u{1b}[2Jtop  12",
        ];
        assert_eq!(lines(&category(), false), ascii);
    }

    #[test]
    fn a_category_alone_is_one_line() {
        assert_eq!(lines(&BrowseNode::default(), true), ["(no name)"]);
    }
}
