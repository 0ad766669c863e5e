//! Every problem is reported for a link that has it, and not for its mended neighbour.

use std::collections::HashSet;

use linkwright_zero::Problem;

use crate::reading::problem_names;

/// (problem, a link that has it, the same link mended)
const TABLE: &[(Problem, &str, &str)] = &[
    (
        Problem::Http,
        "http://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
    ),
    (
        Problem::Escaped,
        r"https:\/\/www.amazon.com\/dp\/B08N5WRWNW?tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
    ),
    (
        Problem::Escaped,
        "https://www.amazon.com%2Fdp%2FB08N5WRWNW%3Ftag%3Dx-20",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
    ),
    (
        Problem::Escaped,
        "https://www.amazon.com/dp/B08N5WRWNW%3Ftag%3Dx-20",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
    ),
    (
        Problem::Wrapped,
        "https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB08N5WRWNW%3Ftag%3Dx-20",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
    ),
    (Problem::Short, "https://amzn.to/3xYzAbC", "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20"),
    (Problem::ThirdPartyShortener, "https://amzlinks.in/B0aBcDeF", "https://amzn.to/3xYzAbC"),
    (
        Problem::Retired,
        "https://smile.amazon.com/dp/B08N5WRWNW?tag=x-20",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
    ),
    (Problem::Retired, "https://amzn.com/B08N5WRWNW?tag=x-20", "https://amzn.com/dp/B08N5WRWNW?tag=x-20"),
    (Problem::NoTag, "https://www.amazon.com/dp/B08N5WRWNW", "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20"),
    (Problem::NoTag, "https://www.amazon.com/s?k=kettle&tag=", "https://www.amazon.com/s?k=kettle&tag=x-20"),
    // No tag can earn anything there.
    (Problem::NoTag, "https://www.amazon.com/tryprimefree", "https://www.amazon.com/gp/help"),
    (Problem::NoTag, "https://www.amazon.com/dp/B08N5WRWNW", "https://www.amazon.co.za/dp/B08N5WRWNW"),
    (
        Problem::DuplicateTag,
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20&tag=y-20",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
    ),
    (
        Problem::DuplicateTag,
        "https://www.amazon.com/dp/B08N5WRWNW&tag=x-20?tag=y-20",
        "https://www.amazon.com/dp/B08N5WRWNW&tag=x-20",
    ),
    (
        Problem::MalformedTag,
        "https://www.amazon.com/dp/B08N5WRWNW?tag=two%20words",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=two-words",
    ),
    (
        Problem::TagOfOtherShop,
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-21",
        "https://www.amazon.de/dp/B08N5WRWNW?tag=x-21",
    ),
    (
        Problem::TagOfOtherShop,
        "http://www.amazon.com/exec/obidos/ASIN/B08N5WRWNW/x-21",
        "http://www.amazon.com/exec/obidos/ASIN/B08N5WRWNW/x-20",
    ),
    // A tag without a suffix says nothing about its shop.
    (
        Problem::TagOfOtherShop,
        "https://www.amazon.co.jp/dp/B08N5WRWNW?tag=x-21",
        "https://www.amazon.co.jp/dp/B08N5WRWNW?tag=linkfiregen",
    ),
    (
        Problem::TagOfOtherShop,
        "https://www.amazon.com/gp/redirect.html?location=%2Fdp%2FB08N5WRWNW&tag=x-21",
        "https://www.amazon.com/gp/redirect.html?location=%2Fdp%2FB08N5WRWNW&tag=x-20",
    ),
    (
        Problem::NoProgramme,
        "https://www.amazon.co.za/dp/B08N5WRWNW?tag=x-21",
        "https://www.amazon.co.za/dp/B08N5WRWNW",
    ),
    (
        Problem::NoProgramme,
        "https://www.amazon.cn/dp/B08N5WRWNW?tag=x-23",
        "https://www.amazon.cn/dp/B08N5WRWNW",
    ),
    (
        Problem::MisplacedTag,
        "https://www.amazon.com/dp/B08N5WRWNW/x-20",
        "https://www.amazon.com/dp/B08N5WRWNW/376-0245530-0562731",
    ),
    (
        Problem::MisplacedTag,
        "https://www.amazon.com/dp/B08N5WRWNW/x-20",
        "https://www.amazon.com/o/ASIN/B08N5WRWNW/x-20",
    ),
    (
        Problem::MisplacedQuery,
        "https://www.amazon.com/dp/B08N5WRWNW&tag=x-20",
        "https://www.amazon.com/Black&Decker/dp/B08N5WRWNW?tag=x-20",
    ),
    (Problem::BrokenAsin, "https://www.amazon.com/dp/B08N5WRWN", "https://www.amazon.com/dp/B08N5WRWNW"),
    (Problem::BrokenAsin, "https://www.amazon.com/dp/0306406153", "https://www.amazon.com/dp/0306406152"),
    (
        Problem::Isbn13InPath,
        "https://www.amazon.com/dp/9783161484100",
        "https://www.amazon.com/dp/316148410X",
    ),
    (
        Problem::Isbn13InPath,
        "https://www.amazon.com/dp/9791090636071",
        "https://www.amazon.com/s?k=9791090636071",
    ),
];

#[test]
fn each_problem_is_in_its_link_and_not_in_the_mended_one() {
    for (problem, with, without) in TABLE {
        let name = problem.as_str();
        assert!(
            problem_names(with).contains(&name),
            "`{name}` is not reported for {with}: {:?}",
            problem_names(with)
        );
        assert!(!problem_names(without).contains(&name), "`{name}` is reported for {without}");
    }
}

#[test]
fn the_table_shows_every_problem() {
    let shown: HashSet<&str> = TABLE.iter().map(|(problem, ..)| problem.as_str()).collect();
    let all: HashSet<&str> = Problem::ALL.iter().map(|problem| problem.as_str()).collect();
    assert_eq!(shown, all);
    assert_eq!(all.len(), Problem::ALL.len(), "two problems have one name");
}

#[test]
fn a_careful_persons_link_has_none() {
    for text in [
        "https://www.amazon.com/dp/B08N5WRWNW?tag=x-20",
        "https://www.amazon.de/s?k=kettle&tag=x-21",
        "https://www.amazon.co.jp/gp/aws/cart/add.html?AssociateTag=x-22&ASIN.1=B08N5WRWNW&Quantity.1=1",
        "https://www.amazon.co.za/dp/B08N5WRWNW",
        "https://www.amazon.com/dp/B08N5WRWNW?tag=maas&aa_campaignid=1",
        "https://www.amazon.com/gp/help",
    ] {
        assert_eq!(problem_names(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn several_problems_are_reported_in_one_order() {
    assert_eq!(
        problem_names("http://smile.amazon.com/dp/B08N5WRWNW?tag=x-21&amp;tag=y-20"),
        ["http", "escaped", "retired", "duplicate_tag", "tag_of_other_shop"]
    );
}
