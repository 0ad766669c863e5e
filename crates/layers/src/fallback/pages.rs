//! Falling back for a page as a whole.

use linkwright_core::{
    Answer, ErrorKind, GetVariations, Operation, ProductSourceExt, RequestContext, Result, SearchItems,
    SearchPage, Sourced, VariationsPage,
};

use super::Fallback;
use super::cause::Cause;
use crate::degradation::Degradation;

/// An operation that answers a page.
pub(super) trait Paged: Operation<Output = Sourced<Self::Page>> + Clone + Sync + 'static {
    type Page: Send;

    /// The link the page has beside its products.
    fn link(page: &mut Self::Page) -> &mut Option<String>;

    /// A notice about this request.
    fn notice(&self) -> Degradation;

    fn answer(page: Sourced<Self::Page>) -> Answer;
}

impl Paged for SearchItems {
    type Page = SearchPage;

    fn link(page: &mut SearchPage) -> &mut Option<String> {
        &mut page.search_url
    }

    fn notice(&self) -> Degradation {
        Degradation::of("search_items")
    }

    fn answer(page: Sourced<SearchPage>) -> Answer {
        Answer::Search(page)
    }
}

impl Paged for GetVariations {
    type Page = VariationsPage;

    fn link(page: &mut VariationsPage) -> &mut Option<String> {
        &mut page.product_url
    }

    fn notice(&self) -> Degradation {
        Degradation { keys: vec![self.asin], ..Degradation::of("get_variations") }
    }

    fn answer(page: Sourced<VariationsPage>) -> Answer {
        Answer::Variations(page)
    }
}

impl Fallback {
    pub(super) async fn page<O: Paged>(&self, context: &RequestContext, request: O) -> Result<Answer> {
        let error = match self.first.run(context, request.clone()).await {
            Ok(page) => return self.with_link(context, request, page).await.map(O::answer),
            Err(error) => error,
        };
        if error.kind() == ErrorKind::Unsupported {
            return self.second.run(context, request).await.map(O::answer);
        }
        let Some(cause) = Cause::of_error(&error) else { return Err(error) };
        let mut notice = request.notice();
        let page = match (self.second.run(context, request).await, cause) {
            (Ok(page), Cause::Degraded(reason)) => page.degraded(reason),
            (Ok(page), Cause::NotSetUp) => page,
            (Err(second), _) if second.kind() == ErrorKind::Cancelled => return Err(second),
            // The first source was not asked, so only the second knows why there is nothing.
            (Err(second), Cause::NotSetUp) => return Err(second),
            (Err(second), Cause::Degraded(_)) => {
                self.second_failed(&second);
                return Err(error);
            }
        };
        notice.reason = cause.reason();
        notice.error = Some(error);
        self.tell(context, &notice);
        Ok(O::answer(page))
    }

    /// The first source's page, with the second's link if it has none.
    async fn with_link<O: Paged>(
        &self,
        context: &RequestContext,
        request: O,
        mut page: Sourced<O::Page>,
    ) -> Result<Sourced<O::Page>> {
        if O::link(&mut page.value).is_none() {
            match self.second.run(context, request).await {
                Ok(mut other) => *O::link(&mut page.value) = O::link(&mut other.value).take(),
                Err(error) if error.kind() == ErrorKind::Cancelled => return Err(error),
                Err(error) => tracing::debug!(error = %error, "no link beside the products"),
            }
        }
        Ok(page)
    }
}
