//! The words a link wears: a label that names Amazon and says that it is paid, and the disclosure Amazon asks for.
//!
//! Rules: a label must make clear that the link goes to Amazon, and a link that it is paid ("(paid link)", German
//! "(bezahlter Link)"); the site must carry the disclosure sentence. Sources: Associates Program Policies of 2026-04-14
//! and Amazon's affiliate FAQ for the English and German words; the other labels are translations.

use linkwright_core::Marketplace;

/// A label for a link, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkText {
    /// The language, as `de`.
    pub language: &'static str,
    /// The label of a link with a tag.
    pub label: &'static str,
}

impl LinkText {
    /// The label of a link without a tag: the same without the words in brackets that say that it is paid.
    pub fn unpaid_label(&self) -> &'static str {
        let end = self.label.find(['(', '（']).unwrap_or(self.label.len());
        self.label[..end].trim_end()
    }
}

/// Labels by language; the first is the fallback.
const LABELS: [LinkText; 13] = [
    LinkText { language: "en", label: "View on Amazon (paid link)" },
    LinkText { language: "de", label: "Bei Amazon ansehen (bezahlter Link)" },
    LinkText { language: "fr", label: "Voir sur Amazon (lien rémunéré)" },
    LinkText { language: "it", label: "Vedi su Amazon (link a pagamento)" },
    LinkText { language: "es", label: "Ver en Amazon (enlace de pago)" },
    LinkText { language: "pt", label: "Ver na Amazon (link pago)" },
    LinkText { language: "nl", label: "Bekijk op Amazon (betaalde link)" },
    LinkText { language: "pl", label: "Zobacz na Amazon (link płatny)" },
    LinkText { language: "sv", label: "Se på Amazon (betald länk)" },
    LinkText { language: "tr", label: "Amazon’da gör (ücretli bağlantı)" },
    LinkText { language: "ja", label: "Amazonで見る（広告リンク）" },
    LinkText { language: "ar", label: "عرض على Amazon (رابط مدفوع)" },
    LinkText { language: "zh", label: "在 Amazon 上查看（付费链接）" },
];

/// The sentence Amazon wants on a site with affiliate links, by language.
pub const DISCLOSURE: [(&str, &str); 2] = [
    ("en", "As an Amazon Associate I earn from qualifying purchases."),
    ("de", "Als Amazon-Partner verdiene ich an qualifizierten Verkäufen."),
];

/// The label for a link: in `language` (`de_DE` or `de`) if it is given and known, else in the shop's first language,
/// else in English.
///
/// ```
/// use linkwright_core::Marketplace;
/// use linkwright_zero::link_text;
///
/// assert_eq!(link_text(Marketplace::Us, None).label, "View on Amazon (paid link)");
/// assert_eq!(link_text(Marketplace::De, None).label, "Bei Amazon ansehen (bezahlter Link)");
/// assert_eq!(link_text(Marketplace::De, Some("en_GB")).language, "en");
/// ```
pub fn link_text(marketplace: Marketplace, language: Option<&str>) -> LinkText {
    let known = |language: &str| {
        let short = language.split('_').next().unwrap_or_default();
        LABELS.iter().find(|text| text.language == short)
    };
    language
        .and_then(known)
        .or_else(|| marketplace.languages().first().and_then(|own| known(own)))
        .copied()
        .unwrap_or(LABELS[0])
}
