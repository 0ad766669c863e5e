//! ASIN and ISBN grammar where a link names its product.

use crate::reading::check_all;

#[test]
fn numbers_of_both_sorts_are_read_in_any_case() {
    check_all([
        ("https://www.amazon.com/dp/B000000000", "product us B000000000"),
        ("https://www.amazon.com/dp/BT00LMP8OO", "product us BT00LMP8OO"),
        ("https://www.amazon.com/dp/bt00lmp8oo", "product us BT00LMP8OO"),
        ("https://www.amazon.com/dp/080442957X", "product us 080442957X"),
        ("https://www.amazon.com/dp/080442957x", "product us 080442957X"),
        // Self-published books whose numbers look made up.
        ("https://www.amazon.com/dp/6501779057", "product us 6501779057"),
        ("https://www.amazon.com/dp/9334157925", "product us 9334157925"),
        ("https://www.amazon.com/dp/1118987241", "product us 1118987241"),
        ("https://www.amazon.com/dp/0399182020", "product us 0399182020"),
        ("https://www.amazon.com/dp/1633437167", "product us 1633437167"),
        // What is not a letter or digit ends the number.
        ("https://www.amazon.com/dp/B08N5WRWNW).", "product us B08N5WRWNW"),
        ("https://www.amazon.com/dp/B08N5WRWNW%20", "product us B08N5WRWNW"),
        ("https://www.amazon.com/dp/B08N5WRWNW…", "product us B08N5WRWNW"),
        ("https://www.amazon.com/dp/B08N5WRWNW”", "product us B08N5WRWNW"),
        // A letter of any script goes on.
        ("https://www.amazon.com/dp/B08N5WRWNWé", "broken us B08N5WRWNWé"),
    ]);
}

#[test]
fn what_is_no_number_is_broken_and_never_cut_to_fit() {
    check_all([
        ("https://www.amazon.com/dp/HELLOWORLD", "broken us HELLOWORLD"),
        ("https://www.amazon.com/dp/B08N5WRWN", "broken us B08N5WRWN"),
        ("https://www.amazon.com/dp/B08N5WRWNWX", "broken us B08N5WRWNWX"),
        ("https://www.amazon.com/dp/B08N5WRWN_", "broken us B08N5WRWN_"),
        ("https://www.amazon.com/dp/A08N5WRWNW", "broken us A08N5WRWNW"),
        ("https://www.amazon.com/dp/0804429571", "broken us 0804429571"),
        ("https://www.amazon.com/dp/X804429570", "broken us X804429570"),
        ("https://www.amazon.com/dp/08044295X0", "broken us 08044295X0"),
        ("https://www.amazon.com/dp/B08N5WRW\u{d6}W", "broken us B08N5WRW\u{d6}W"),
        ("https://www.amazon.com/dp/Ｂ08N5WRWNW", "broken us Ｂ08N5WRWNW"),
        ("https://www.amazon.com/gp/product/B08N5", "broken us B08N5"),
        ("https://www.amazon.com/product-reviews/HELLOWORLD", "broken us HELLOWORLD"),
        ("https://www.amazon.com/exec/obidos/ASIN/B08N5", "broken us B08N5"),
        ("https://www.amazon.com/dp/", "broken us "),
        ("https://www.amazon.com/dp", "broken us "),
    ]);
}

#[test]
fn an_isbn_13_becomes_the_asin_or_a_search() {
    check_all([
        ("https://www.amazon.com/dp/9783161484100", "product us 316148410X"),
        ("https://www.amazon.de/Ein-Buch/dp/978-3-16-148410-0?tag=x-21", "product de 316148410X tag=x-21"),
        ("https://www.amazon.com/gp/product/9780306406157", "product us 0306406152"),
        ("https://www.amazon.fr/dp/9791090636071", "search fr \"9791090636071\""),
        ("https://www.amazon.com/dp/9783161484101", "broken us 9783161484101"),
        ("https://www.amazon.com/dp/4006381333931", "broken us 4006381333931"),
    ]);
}

#[test]
fn ten_characters_in_other_places_are_no_product() {
    check_all([
        ("https://www.amazon.com/B08N5WRWNW", "other us"),
        ("https://www.amazon.com/Kettle/B08N5WRWNW", "other us"),
        ("https://www.amazon.com/HELLOWORLD/BASKETBALL", "other us"),
        ("https://www.amazon.com/d/HELLOWORLD", "other us"),
        ("https://www.amazon.com/product/about", "other us"),
        ("https://www.amazon.com/gp/video/detail/amzn1.dv.gti.ccb8c0b7", "other us"),
        ("https://www.amazon.com/gp/customer-reviews/R1ABCDEFGHIJKL", "other us"),
        ("https://www.amazon.com/sp?seller=A1B2C3D4E5F6G7&asin=", "seller us A1B2C3D4E5F6G7"),
        ("https://www.amazon.com/events/dp/about", "broken us about"),
    ]);
}
