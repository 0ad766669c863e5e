//! Products as rows of a table: what search and variations show to people.

use linkwright_sdk::core::{Item, ItemView, PRICE_DISCLAIMER, Sourced, Timestamp};

use crate::failure::CommandResult;
use crate::output::Output;
use crate::printable::without_fraction;
use crate::table::{Column, fitted};

/// Products as rows of a table, with what must stand beside prices.
#[derive(Debug, Default)]
pub(crate) struct ProductTable {
    rows: Vec<Row>,
    /// The moments at which something perishable in the rows was true.
    moments: Vec<String>,
    /// What the shop calls the attributes in which variations differ, by the API's name.
    names: Vec<(String, String)>,
}

#[derive(Debug)]
struct Row {
    asin: String,
    price: String,
    saves: String,
    stock: &'static str,
    /// In what it differs from other variations, with the names of that.
    attributes: Vec<(String, String)>,
    title: String,
    url: String,
}

impl ProductTable {
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds what may be shown of a product at this moment.
    pub(crate) fn add<T: AsRef<Item>>(&mut self, item: &Sourced<T>, now: Timestamp) {
        let view = ItemView::new(item, now);
        let offer = view.offer.as_ref();
        if let Some(offer) = offer {
            self.mention(&offer.as_of);
        }
        let attributes =
            view.details.map(|details| details.variation_attributes.as_slice()).unwrap_or_default();
        self.rows.push(Row {
            asin: view.asin.to_string(),
            price: offer.and_then(|offer| offer.price).unwrap_or("–").to_owned(),
            saves: offer
                .and_then(|offer| offer.saving_percent)
                .map_or_else(String::new, |percent| format!("{percent} %")),
            stock: match view.in_stock {
                Some(true) => "yes",
                Some(false) => "no",
                None => "",
            },
            attributes: attributes.iter().map(|one| (one.name.clone(), one.value.clone())).collect(),
            title: view.title.unwrap_or("(no title)").to_owned(),
            url: view.detail_page_url.to_owned(),
        });
    }

    /// Counts a price that is shown beside the table as well.
    pub(crate) fn mention(&mut self, as_of: &str) {
        self.moments.push(without_fraction(as_of));
    }

    /// Says what the shop calls an attribute.
    pub(crate) fn name(&mut self, name: &str, shown: &str) {
        self.names.push((name.to_owned(), shown.to_owned()));
    }

    /// An attribute's name as the head of a column: the shop's word for it, else `COLOR` for `color_name`.
    fn head(&self, name: &str) -> String {
        match self.names.iter().find(|(known, _)| known == name) {
            Some((_, shown)) => shown.to_uppercase(),
            None => name.trim_end_matches("_name").replace('_', " ").to_uppercase(),
        }
    }

    /// Prints the table, with the link below each product if that is wanted.
    pub(crate) fn print(&self, width: Option<usize>, links: bool, output: &mut Output) -> CommandResult<()> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.rows.iter().flat_map(|row| &row.attributes) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let mut columns = vec![
            ("ASIN".to_owned(), Column::Left),
            ("PRICE".to_owned(), Column::Right),
            ("SAVES".to_owned(), Column::Right),
            ("STOCK".to_owned(), Column::Left),
        ];
        columns.extend(names.iter().map(|name| (self.head(name), Column::Cut)));
        columns.push(("TITLE".to_owned(), Column::Cut));
        let cells = |row: &Row| {
            let mut cells =
                vec![row.asin.clone(), row.price.clone(), row.saves.clone(), row.stock.to_owned()];
            cells.extend(names.iter().map(|name| {
                let attribute = row.attributes.iter().find(|(known, _)| known == name);
                attribute.map_or_else(String::new, |(_, value)| value.clone())
            }));
            cells.push(row.title.clone());
            cells
        };
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(cells).collect();
        // A column in which nobody has anything to say is none.
        let said: Vec<bool> = (0..columns.len())
            .map(|at| rows.iter().any(|row| !row[at].is_empty() && row[at] != "–"))
            .collect();
        rows.insert(0, columns.iter().map(|(head, _)| head.clone()).collect());
        for row in &mut rows {
            retain(row, &said);
        }
        retain(&mut columns, &said);
        let kinds: Vec<Column> = columns.into_iter().map(|(_, kind)| kind).collect();
        let lines = fitted(&rows, &kinds, width);
        let links =
            [""].into_iter().chain(self.rows.iter().map(|row| if links { row.url.as_str() } else { "" }));
        for (line, link) in lines.iter().zip(links) {
            output.line(line)?;
            if !link.is_empty() {
                output.line(&format!("  {}", crate::printable::printable(link)))?;
            }
        }
        Ok(())
    }

    /// Prints the moment of the prices and Amazon's words about them, if there are any.
    pub(crate) fn print_times(&self, output: &mut Output) -> CommandResult<()> {
        // In this form the order of texts is that of moments.
        let (Some(first), Some(last)) = (self.moments.iter().min(), self.moments.iter().max()) else {
            return Ok(());
        };
        let when = if first == last { format!("as of {first}") } else { format!("as of {first} to {last}") };
        output.line("")?;
        output.line(&format!("Prices and availability {when}."))?;
        output.line("")?;
        output.line(PRICE_DISCLAIMER)
    }
}

fn retain<T>(row: &mut Vec<T>, said: &[bool]) {
    let mut said = said.iter();
    row.retain(|_| said.next().is_some_and(|said| *said));
}
