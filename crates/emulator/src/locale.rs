//! How each shop writes amounts, and the words its items come with.

use linkwright_core::Marketplace;
use serde_json::{Value, json};

/// How a shop writes an amount.
struct MoneyForm {
    before: &'static str,
    after: &'static str,
    thousands: &'static str,
    point: &'static str,
    /// Digits behind the point; the shop's amounts are whole where there are none.
    digits: u32,
}

/// The words an item comes with, in one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) brand: &'static str,
    pub(crate) manufacturer: &'static str,
    pub(crate) binding: &'static str,
    pub(crate) product_group: &'static str,
    pub(crate) color: &'static str,
    pub(crate) size: &'static str,
    pub(crate) in_stock: &'static str,
    pub(crate) few_left: &'static str,
    pub(crate) list_price: &'static str,
    pub(crate) deal: &'static str,
    pub(crate) per_unit: &'static str,
}

#[rustfmt::skip] // One language is one row.
const WORDS: &[(&str, Words)] = &[
    ("en", Words { title: "Title", brand: "Brand", manufacturer: "Manufacturer", binding: "Binding", product_group: "Product Group", color: "Color", size: "Size", in_stock: "In Stock", few_left: "Only 3 left in stock - order soon.", list_price: "List Price", deal: "Limited time deal", per_unit: "Count" }),
    ("de", Words { title: "Titel", brand: "Marke", manufacturer: "Hersteller", binding: "Einband", product_group: "Produktgruppe", color: "Farbe", size: "Größe", in_stock: "Auf Lager", few_left: "Nur noch 3 auf Lager", list_price: "UVP", deal: "Befristetes Angebot", per_unit: "Stück" }),
    ("fr", Words { title: "Titre", brand: "Marque", manufacturer: "Fabricant", binding: "Reliure", product_group: "Groupe de produits", color: "Couleur", size: "Taille", in_stock: "En stock", few_left: "Il ne reste plus que 3 exemplaire(s) en stock.", list_price: "Prix conseillé", deal: "Offre à durée limitée", per_unit: "unité" }),
    ("es", Words { title: "Título", brand: "Marca", manufacturer: "Fabricante", binding: "Encuadernación", product_group: "Grupo de productos", color: "Color", size: "Tamaño", in_stock: "En stock", few_left: "Sólo queda(n) 3 en stock.", list_price: "Precio recomendado", deal: "Oferta por tiempo limitado", per_unit: "unidad" }),
    ("it", Words { title: "Titolo", brand: "Marca", manufacturer: "Produttore", binding: "Rilegatura", product_group: "Gruppo di prodotti", color: "Colore", size: "Dimensioni", in_stock: "Disponibilità immediata", few_left: "Disponibilità: solo 3.", list_price: "Prezzo consigliato", deal: "Offerta a tempo limitato", per_unit: "unità" }),
    ("pt", Words { title: "Título", brand: "Marca", manufacturer: "Fabricante", binding: "Encadernação", product_group: "Grupo de produtos", color: "Cor", size: "Tamanho", in_stock: "Em estoque", few_left: "Apenas 3 em estoque.", list_price: "De", deal: "Oferta por tempo limitado", per_unit: "unidade" }),
    ("nl", Words { title: "Titel", brand: "Merk", manufacturer: "Fabrikant", binding: "Band", product_group: "Productgroep", color: "Kleur", size: "Maat", in_stock: "Op voorraad", few_left: "Nog slechts 3 op voorraad", list_price: "Adviesprijs", deal: "Tijdelijke aanbieding", per_unit: "stuk" }),
    ("pl", Words { title: "Tytuł", brand: "Marka", manufacturer: "Producent", binding: "Oprawa", product_group: "Grupa produktów", color: "Kolor", size: "Rozmiar", in_stock: "W magazynie", few_left: "Pozostało tylko 3 szt.", list_price: "Cena katalogowa", deal: "Oferta ograniczona czasowo", per_unit: "szt." }),
    ("sv", Words { title: "Titel", brand: "Varumärke", manufacturer: "Tillverkare", binding: "Band", product_group: "Produktgrupp", color: "Färg", size: "Storlek", in_stock: "I lager", few_left: "Endast 3 kvar i lager", list_price: "Rekommenderat pris", deal: "Tidsbegränsat erbjudande", per_unit: "st" }),
    ("tr", Words { title: "Başlık", brand: "Marka", manufacturer: "Üretici", binding: "Cilt", product_group: "Ürün grubu", color: "Renk", size: "Boyut", in_stock: "Stokta var", few_left: "Stokta sadece 3 adet kaldı.", list_price: "Liste fiyatı", deal: "Sınırlı süreli fırsat", per_unit: "adet" }),
    ("ja", Words { title: "タイトル", brand: "ブランド", manufacturer: "メーカー", binding: "装丁", product_group: "商品グループ", color: "色", size: "サイズ", in_stock: "在庫あり。", few_left: "残り3点 ご注文はお早めに", list_price: "参考価格", deal: "特選タイムセール", per_unit: "個" }),
];

/// The shop's own language; the Creators API's documentation gives Ireland `en_IE`.
pub(crate) fn language(shop: Marketplace) -> &'static str {
    shop.languages().first().copied().unwrap_or("en_IE")
}

/// The words of a shop; English where there are none of its language.
pub(crate) fn words(shop: Marketplace) -> &'static Words {
    let language = language(shop);
    let own = WORDS.iter().find(|(code, _)| language.starts_with(code));
    &own.unwrap_or(&WORDS[0]).1
}

/// How shops show amounts on their pages. A no-break space stands where they put one.
const fn money_form(shop: Marketplace) -> MoneyForm {
    const fn form(
        before: &'static str,
        after: &'static str,
        thousands: &'static str,
        point: &'static str,
    ) -> MoneyForm {
        MoneyForm { before, after, thousands, point, digits: 2 }
    }
    match shop {
        Marketplace::Uk => form("£", "", ",", "."),
        Marketplace::De | Marketplace::It | Marketplace::Es => form("", "\u{a0}€", ".", ","),
        Marketplace::Fr | Marketplace::Be => form("", "\u{a0}€", "\u{202f}", ","),
        Marketplace::Nl => form("€\u{a0}", "", ".", ","),
        Marketplace::Ie => form("€", "", ",", "."),
        Marketplace::Pl => form("", "\u{a0}zł", "\u{a0}", ","),
        Marketplace::Se => form("", "\u{a0}kr", "\u{a0}", ","),
        Marketplace::Tr => form("", "\u{a0}TL", ".", ","),
        Marketplace::Ae => form("AED\u{a0}", "", ",", "."),
        Marketplace::Sa => form("SAR\u{a0}", "", ",", "."),
        Marketplace::Eg => form("EGP\u{a0}", "", ",", "."),
        Marketplace::In => form("₹", "", ",", "."),
        Marketplace::Br => form("R$\u{a0}", "", ".", ","),
        Marketplace::Sg => form("S$", "", ",", "."),
        Marketplace::Jp => MoneyForm { before: "￥", after: "", thousands: ",", point: ".", digits: 0 },
        // The American, Canadian, Mexican and Australian dollar sign and peso sign are one.
        _ => form("$", "", ",", "."),
    }
}

/// About how much one US dollar buys, in hundredths of the shop's currency. Made up, but of the right size.
const fn rate(shop: Marketplace) -> u64 {
    match shop {
        Marketplace::Jp => 15_000,
        Marketplace::In => 8_400,
        Marketplace::Eg => 4_900,
        Marketplace::Tr => 3_400,
        Marketplace::Mx => 1_900,
        Marketplace::Se => 1_050,
        Marketplace::Br => 540,
        Marketplace::Pl => 400,
        Marketplace::Ae | Marketplace::Sa => 370,
        Marketplace::Au => 150,
        Marketplace::Ca | Marketplace::Sg => 135,
        Marketplace::Uk => 78,
        _ => 100,
    }
}

/// An amount as the API gives it, in a shop's smallest unit.
pub(crate) fn in_smallest_unit(amount: f64, shop: Marketplace) -> f64 {
    (amount * f64::from(10_u32.pow(money_form(shop).digits))).round()
}

/// An amount in a shop's smallest unit: cents, pence, yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Amount {
    shop: Marketplace,
    minor: u64,
}

impl Amount {
    /// About as much as so many US cents, ending in 99 or 9 as prices do.
    pub(crate) fn of_us_cents(cents: u64, shop: Marketplace) -> Self {
        let hundredths = cents * rate(shop) / 100;
        let minor = match money_form(shop).digits {
            0 => hundredths / 100 / 10 * 10,
            _ => hundredths / 100 * 100 + 99,
        };
        Self { shop, minor: minor.max(99) }
    }

    /// So many percent of it.
    pub(crate) fn percent(self, percent: u64) -> Self {
        Self { minor: (self.minor * percent / 100).max(1), ..self }
    }

    /// One of so many equal parts, rounded.
    pub(crate) fn shared_by(self, parts: u64) -> Self {
        Self { minor: ((self.minor + parts / 2) / parts.max(1)).max(1), ..self }
    }

    /// What is left after `other`, of the same shop, is taken away.
    pub(crate) fn minus(self, other: Self) -> Self {
        Self { minor: self.minor.saturating_sub(other.minor), ..self }
    }

    /// How many percent of `whole` it is, rounded.
    pub(crate) fn percent_of(self, whole: Self) -> u64 {
        (self.minor * 100 + whole.minor / 2) / whole.minor.max(1)
    }

    /// As the API gives it: amounts are numbers with a point also in yen (`4990.0`), as third parties saw.
    pub(crate) fn money(self) -> Value {
        let form = money_form(self.shop);
        // Exact to the cent: amounts are far below 2^53 cents.
        let amount = self.minor as f64 / f64::from(10_u32.pow(form.digits));
        json!({ "amount": amount, "currency": self.shop.currency(), "displayAmount": self.display() })
    }

    /// The same, for one unit: the text says which.
    pub(crate) fn money_per(self, unit: &str) -> Value {
        let mut money = self.money();
        money["displayAmount"] = format!("{} / {unit}", self.display()).into();
        money
    }

    fn display(self) -> String {
        let form = money_form(self.shop);
        let unit = 10_u64.pow(form.digits);
        let whole = (self.minor / unit).to_string();
        let mut text = form.before.to_owned();
        for (position, digit) in whole.chars().enumerate() {
            if position > 0 && (whole.len() - position).is_multiple_of(3) {
                text.push_str(form.thousands);
            }
            text.push(digit);
        }
        if form.digits > 0 {
            text.push_str(form.point);
            text.push_str(&format!("{:02}", self.minor % unit));
        }
        text + form.after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_each_shop_does() {
        let table = [
            (Marketplace::Us, 123_456, "$1,234.56", "1234.56"),
            (Marketplace::Uk, 3999, "£39.99", "39.99"),
            (Marketplace::De, 123_456, "1.234,56\u{a0}€", "1234.56"),
            (Marketplace::Fr, 1905, "19,05\u{a0}€", "19.05"),
            (Marketplace::Jp, 4990, "￥4,990", "4990.0"),
            (Marketplace::Br, 123_456_789, "R$\u{a0}1.234.567,89", "1234567.89"),
        ];
        for (shop, minor, display, amount) in table {
            let money = Amount { shop, minor }.money();
            assert_eq!(money["displayAmount"], display);
            assert_eq!(money["amount"].to_string(), amount);
            assert_eq!(money["currency"], shop.currency());
        }
    }
}
