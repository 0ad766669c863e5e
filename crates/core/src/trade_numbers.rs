//! The numbers a product has in every shop of the world: EAN, UPC and ISBN.
//!
//! What is given is checked: a number with a wrong check digit is somebody's typing error, and would find another product
//! elsewhere or none.

use crate::isbn::gtin_check_digit;
use crate::{Isbn13, ItemDetails};

impl ItemDetails {
    /// The first EAN with 13 or 8 digits whose check digit is right.
    pub fn ean(&self) -> Option<&str> {
        self.eans.iter().map(|ean| ean.trim()).find(|ean| matches!(ean.len(), 8 | 13) && is_checked(ean))
    }

    /// The first UPC with 12 digits whose check digit is right.
    pub fn upc(&self) -> Option<&str> {
        self.upcs.iter().map(|upc| upc.trim()).find(|upc| upc.len() == 12 && is_checked(upc))
    }

    /// The first valid ISBN, whether it was given with 10 or with 13 digits; else the first EAN that is one.
    ///
    /// ```
    /// use linkwright_core::ItemDetails;
    ///
    /// let mut book = ItemDetails::default();
    /// book.isbns = vec!["0804429570".to_owned(), "080442957X".to_owned()];
    /// assert_eq!(book.isbn().unwrap().as_str(), "9780804429573", "the first has a wrong check digit");
    /// ```
    pub fn isbn(&self) -> Option<Isbn13> {
        let read = |text: &String| Isbn13::parse(text).or_else(|_| Isbn13::from_isbn10(text)).ok();
        let named = self.isbns.iter().find_map(read);
        named.or_else(|| self.eans.iter().find_map(|ean| Isbn13::parse(ean).ok()))
    }
}

fn is_checked(number: &str) -> bool {
    let bytes = number.as_bytes();
    let Some((last, body)) = bytes.split_last() else { return false };
    bytes.iter().all(u8::is_ascii_digit) && *last == gtin_check_digit(body)
}
