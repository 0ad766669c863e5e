//! The name in a table that a name nobody knows was probably meant as.

/// The shortest name worth a guess, and the shortest known one worth finding inside another: three letters are in too
/// many words.
const SHORTEST: usize = 3;

/// The known name that was probably meant: one with the same letters; one that ends in them, as
/// `offersV2.listings.price` in `price`; one that begins with them or has them in it; one that is a part of what was
/// given; or one that differs in at most two letters at one place. The first of several.
pub(crate) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let name = letters(name);
    if name.len() < SHORTEST {
        return None;
    }
    let find = |fits: &dyn Fn(&str) -> bool| known.clone().find(|known| fits(&letters(known)));
    find(&|known| known == name)
        .or_else(|| find(&|known| known.ends_with(&name)))
        .or_else(|| find(&|known| known.starts_with(&name)))
        .or_else(|| find(&|known| known.contains(&name)))
        .or_else(|| find(&|known| known.len() > SHORTEST && name.contains(known)))
        .or_else(|| find(&|known| differ_at_one_place(known.as_bytes(), name.as_bytes())))
}

/// The letters and digits alone, in lower case; `&` is read as people say it.
fn letters(text: &str) -> String {
    let said = text.replace('&', "and");
    said.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn differ_at_one_place(one: &[u8], other: &[u8]) -> bool {
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let same = start + end.min(shorter - start);
    // Of a short word, two letters are too much of it.
    same + 2 >= longer && same * 2 >= longer
}
