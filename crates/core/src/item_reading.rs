//! What is asked of a product again and again, answered for one moment.
//!
//! Each method returns nothing that may not be shown at its `now`. A price needs its time and Amazon's words beside it:
//! for a page, take an [`ItemView`](crate::ItemView), which has all of this with them.

use crate::{
    BrowseNode, BrowseNodeInfo, CategoryRank, Deal, Image, ImageSizes, InStock, Isbn13, Item, ItemDetails,
    Offer, Offers, Price, Saving, ShopInfo, Timestamp,
};

impl Item {
    /// The offer whose price to show, by the rule of [`Offers::best`]. Never one whose price may not be shown.
    ///
    /// ```
    /// use linkwright_core::{Asin, Item, Money, Offer, Offers, Price, Timestamp};
    ///
    /// let fetched = Timestamp::from_unix_seconds(0);
    /// let mut item = Item::new(Asin::parse("B000000001")?, "https://www.amazon.com/dp/B000000001?tag=demo-20");
    /// let price = Price::new(Money::new("39.99", "USD", "$39.99"));
    /// item.offers = Some(Offers::new(vec![Offer::new(Some(price), None)]).fetched(fetched));
    /// assert_eq!(item.best_price(fetched).unwrap().money.display, "$39.99");
    /// assert!(item.best_price(fetched.plus(Offers::LIFETIME)).is_none(), "an hour later");
    /// # Ok::<(), linkwright_core::AsinError>(())
    /// ```
    pub fn best_offer(&self, now: Timestamp) -> Option<&Offer> {
        self.offers_at(now)?.best()
    }

    /// The price of the [best offer](Self::best_offer).
    pub fn best_price(&self, now: Timestamp) -> Option<&Price> {
        self.best_offer(now)?.shown_price()
    }

    /// What is saved at the [best price](Self::best_price), by the rule of [`Price::saved`].
    pub fn saving(&self, now: Timestamp) -> Option<Saving> {
        self.best_price(now)?.saved()
    }

    /// Whether it is in stock, by the rule of [`Offers::in_stock`]. Unknown where nobody asked for offers or their time is
    /// over.
    pub fn in_stock(&self, now: Timestamp) -> InStock {
        self.offers_at(now).map_or(InStock::Unknown, Offers::in_stock)
    }

    /// The deal of the offer a reader sees, whether it runs or not: [`Deal::window`] tells.
    ///
    /// ```
    /// # use linkwright_core::{Asin, Deal, Item, Offer, Offers, Timestamp};
    /// # let now = Timestamp::from_unix_seconds(0);
    /// # let mut item = Item::new(Asin::parse("B000000001")?, "https://www.amazon.com/dp/B000000001?tag=demo-20");
    /// # let mut offer = Offer::new(None, None);
    /// # offer.deal = Some(Deal::default());
    /// # item.offers = Some(Offers::new(vec![offer]).fetched(now));
    /// let running = item.deal(now).filter(|deal| deal.window().is_running(now));
    /// # assert!(running.is_some());
    /// # Ok::<(), linkwright_core::AsinError>(())
    /// ```
    pub fn deal(&self, now: Timestamp) -> Option<&Deal> {
        self.offers_at(now)?.to_show()?.deal.as_ref()
    }

    /// The smallest picture with at least so many pixels on its longer side, else the largest there is, by the rule of
    /// [`ImageSizes::fitting`]. The author's own goes before the shop's, whatever its size.
    pub fn image_at_least(&self, pixels: u32, now: Timestamp) -> Option<&Image> {
        self.own_image().or_else(|| self.shop_info_at(now)?.images.primary.fitting(pixels))
    }

    /// All pictures, each by the rule of [`image_at_least`](Self::image_at_least): the main one, then the shop's further
    /// ones.
    pub fn images_at_least(&self, pixels: u32, now: Timestamp) -> impl Iterator<Item = &Image> {
        let variants = self.shop_info_at(now).map_or(&[][..], |info| &info.images.variants);
        let further = variants.iter().filter_map(move |sizes: &ImageSizes| sizes.fitting(pixels));
        self.image_at_least(pixels, now).into_iter().chain(further)
    }

    /// The brand, else the manufacturer, else whoever is named first of those who made it.
    pub fn brand(&self, now: Timestamp) -> Option<&str> {
        self.details_at(now)?.brand_or_maker()
    }

    /// Its EAN, checked: [`ItemDetails::ean`].
    pub fn ean(&self, now: Timestamp) -> Option<&str> {
        self.details_at(now)?.ean()
    }

    /// Its UPC, checked: [`ItemDetails::upc`].
    pub fn upc(&self, now: Timestamp) -> Option<&str> {
        self.details_at(now)?.upc()
    }

    /// Its ISBN, checked: [`ItemDetails::isbn`]. A book's ASIN says it too, and has no time after which it may not.
    ///
    /// ```
    /// # use linkwright_core::{Asin, Item, Timestamp};
    /// # let now = Timestamp::from_unix_seconds(0);
    /// let book = Item::new(Asin::parse("080442957X")?, "https://www.amazon.com/dp/080442957X?tag=demo-20");
    /// assert_eq!(book.isbn(now).unwrap().as_str(), "9780804429573");
    /// # Ok::<(), linkwright_core::AsinError>(())
    /// ```
    pub fn isbn(&self, now: Timestamp) -> Option<Isbn13> {
        let said = self.details_at(now).and_then(ItemDetails::isbn);
        said.or_else(|| Isbn13::from_isbn10(self.asin.as_str()).ok())
    }

    /// The category that says most of it, by the rule of [`BrowseNodeInfo::deepest`].
    pub fn browse_node(&self, now: Timestamp) -> Option<&BrowseNode> {
        self.browse_node_info_at(now)?.deepest()
    }

    /// The names of the categories from the root down to [that category](Self::browse_node); empty if none is known.
    pub fn browse_path(&self, now: Timestamp) -> Vec<&str> {
        self.browse_node(now).map(BrowseNode::path).unwrap_or_default()
    }

    /// How it sells, by the rule of [`BrowseNodeInfo::best_rank`].
    pub fn sales_rank(&self, now: Timestamp) -> Option<CategoryRank<'_>> {
        self.browse_node_info_at(now)?.best_rank()
    }

    fn shop_info_at(&self, now: Timestamp) -> Option<&ShopInfo> {
        self.shop_info.as_ref()?.at(now)
    }

    fn details_at(&self, now: Timestamp) -> Option<&ItemDetails> {
        self.shop_info_at(now).map(|info| &info.details)
    }

    fn offers_at(&self, now: Timestamp) -> Option<&Offers> {
        self.offers.as_ref()?.at(now)
    }

    fn browse_node_info_at(&self, now: Timestamp) -> Option<&BrowseNodeInfo> {
        self.browse_node_info.as_ref()?.at(now)
    }
}
