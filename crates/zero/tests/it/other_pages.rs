//! Pages that are no products, though some have a product's number in their path.

use crate::reading::check_all;

#[test]
fn searches() {
    check_all([
        ("https://www.amazon.com/s?k=two+words", "search us \"two words\""),
        ("https://www.amazon.com/s?k=two%20words&i=tools", "search us \"two words\" index=tools"),
        ("https://www.amazon.com/s?k=kettle&i=aps", "search us \"kettle\""),
        (
            "https://www.amazon.com/s/ref=nb_sb_noss?url=search-alias%3Delectronics&field-keywords=ssd",
            "search us \"ssd\" index=electronics",
        ),
        ("https://www.amazon.com/s/?url=search-alias%3Daps&field-keywords=ssd", "search us \"ssd\""),
        ("https://www.amazon.com/gp/search?ie=UTF8&keywords=ssd&tag=x-20", "search us \"ssd\" tag=x-20"),
        ("https://www.amazon.com/gp/aw/s?k=ssd", "search us \"ssd\""),
        (
            "https://www.amazon.com/exec/obidos/external-search?keyword=ssd&search-alias=books",
            "search us \"ssd\" index=books",
        ),
        ("https://www.amazon.com/-/es/s?k=tetera", "search us \"tetera\""),
        ("https://www.amazon.co.jp/s?k=%E3%83%9D%E3%83%83%E3%83%88", "search jp \"ポット\""),
        ("https://www.amazon.co.jp/s?k=ポット", "search jp \"ポット\""),
        ("https://www.amazon.com/s?k=100%", "search us \"100%\""),
        ("https://www.amazon.com/s?k=B08N5WRWNW", "search us \"B08N5WRWNW\""),
        ("https://www.amazon.com/s", "search us \"\""),
        // Without words a search of one department is the department.
        ("https://www.amazon.com/s?rh=n%3A172282%2Cn%3A%21493964%2Cn%3A541966", "browse_node us 541966"),
        ("https://www.amazon.com/s?k=&bbn=172282", "browse_node us 172282"),
        ("https://www.amazon.com/s?k=ssd&bbn=172282", "search us \"ssd\""),
    ]);
}

#[test]
fn departments_and_bestsellers() {
    check_all([
        ("https://www.amazon.com/b?node=172282", "browse_node us 172282"),
        ("https://www.amazon.com/b/?ie=UTF8&node=172282&tag=x-20", "browse_node us 172282 tag=x-20"),
        ("https://www.amazon.com/Computers/b/ref=nav?node=541966", "browse_node us 541966"),
        ("https://www.amazon.com/b/172282", "browse_node us 172282"),
        ("https://www.amazon.com/gp/browse.html?node=172282", "browse_node us 172282"),
        ("https://www.amazon.com/exec/obidos/tg/browse/-/172282/x-20", "browse_node us 172282"),
        ("https://www.amazon.com/b?node=1234567890123456789", "browse_node us 1234567890123456789"),
        ("https://www.amazon.com/b?node=12345678901234567890", "other us"),
        ("https://www.amazon.com/b?node=abc", "other us"),
        ("https://www.amazon.com/b", "other us"),
        ("https://www.amazon.com/gp/bestsellers", "bestsellers us"),
        ("https://www.amazon.com/gp/bestsellers/", "bestsellers us"),
        ("https://www.amazon.com/bestsellers", "bestsellers us"),
        (
            "https://www.amazon.com/gp/bestsellers/electronics/172282/ref=zg_bs",
            "bestsellers us electronics/172282",
        ),
        ("https://www.amazon.com/Best-Sellers-Electronics/zgbs/electronics/", "bestsellers us electronics"),
        ("https://www.amazon.com/Best-Sellers/zgbs", "bestsellers us"),
    ]);
}

#[test]
fn people_and_brands() {
    check_all([
        // An author's id looks like an ASIN and is none.
        ("https://www.amazon.com/e/B000APRTKE", "author us B000APRTKE"),
        ("https://www.amazon.com/-/e/B000APRTKE", "author us B000APRTKE"),
        ("https://www.amazon.com/Some-Author/e/B000APRTKE/ref=dp_byline_cont_book_1", "author us B000APRTKE"),
        ("https://www.amazon.com/stores/author/B000APRTKE", "author us B000APRTKE"),
        ("https://www.amazon.com/stores/Some-Author/author/B000APRTKE/about", "author us B000APRTKE"),
        ("https://www.amazon.com/author/some.name", "author us some.name"),
        ("https://www.amazon.com/gp/entity/-/B000APRTKE", "author us B000APRTKE"),
        ("https://www.amazon.com/stores/Anker", "storefront us Anker"),
        (
            "https://www.amazon.com/stores/Anker/page/3E3C387A-504A-4387-A1A1-4DC76081B545?ref_=x",
            "storefront us 3E3C387A-504A-4387-A1A1-4DC76081B545",
        ),
        (
            "https://www.amazon.com/stores/page/3E3C387A-504A-4387-A1A1-4DC76081B545",
            "storefront us 3E3C387A-504A-4387-A1A1-4DC76081B545",
        ),
        ("https://www.amazon.com/shop/curlyshelf", "storefront us curlyshelf"),
        (
            "https://www.amazon.com/shop/curlyshelf/list/2Z8J5K1Q3ABCD",
            "storefront us curlyshelf/list/2Z8J5K1Q3ABCD",
        ),
        ("https://www.amazon.com/sp?seller=A1B2C3D4E5F6G7", "seller us A1B2C3D4E5F6G7"),
        ("https://www.amazon.com/shops/A1B2C3D4E5F6G7", "seller us A1B2C3D4E5F6G7"),
        ("https://www.amazon.com/stores", "other us"),
        ("https://www.amazon.com/shop", "other us"),
        ("https://www.amazon.com/e", "other us"),
    ]);
}

#[test]
fn lists_carts_and_gifts() {
    check_all([
        ("https://www.amazon.com/hz/wishlist/ls/1BD87YHL498Z7", "wishlist us 1BD87YHL498Z7"),
        ("https://www.amazon.com/hz/wishlist/ls", "wishlist us"),
        ("https://www.amazon.com/gp/registry/wishlist/2A2E48ONH64HN", "wishlist us 2A2E48ONH64HN"),
        ("https://www.amazon.com/baby-reg/a-b-march-2025/1S5T0W3JJIY59", "wishlist us 1S5T0W3JJIY59"),
        (
            "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=2",
            "cart us B08N5WRWNWx2",
        ),
        (
            "https://www.amazon.com/gp/aws/cart/add.html?AssociateTag=x-20&ASIN.2=080442957X&ASIN.1=B08N5WRWNW&Quantity.2=3",
            "cart us B08N5WRWNWx1 080442957Xx3 tag=x-20",
        ),
        ("https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=HELLOWORLD&Quantity.1=2", "cart us"),
        (
            "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=0",
            "cart us B08N5WRWNWx1",
        ),
        (
            "https://www.amazon.com/gp/aws/cart/add.html?ASIN.1=B08N5WRWNW&Quantity.1=99999",
            "cart us B08N5WRWNWx999",
        ),
        ("https://www.amazon.com/gp/cart/view.html", "cart us"),
        ("https://www.amazon.com/cart", "cart us"),
        ("https://www.amazon.com/gc?tag=x-20", "gift_card us tag=x-20"),
        ("https://www.amazon.com/gp/gc", "gift_card us"),
    ]);
}

#[test]
fn pages_of_the_shop() {
    check_all([
        ("https://www.amazon.com", "home us"),
        ("https://www.amazon.com/", "home us"),
        ("https://www.amazon.com/?tag=x-20", "home us tag=x-20"),
        ("https://www.amazon.com?tag=x-20", "home us tag=x-20"),
        ("https://www.amazon.com/ref=nav_logo", "home us"),
        ("https://www.amazon.com/-/es/", "home us"),
        ("https://www.amazon.com/tryprimefree?tag=x-20", "prime us tag=x-20"),
        ("https://www.amazon.com/prime", "prime us"),
        ("https://www.amazon.com/deals", "deals us"),
        ("https://www.amazon.com/gp/goldbox", "deals us"),
        ("https://www.amazon.com/gp/help/customer/display.html?nodeId=1", "help us"),
        ("https://www.amazon.com/hz/contact-us", "help us"),
        ("https://www.amazon.com/ap/signin", "other us"),
        ("https://www.amazon.com/gp/yourstore", "other us"),
        ("https://www.amazon.com/Some-Kettle", "other us"),
    ]);
}

#[test]
fn other_hosts_of_amazon() {
    check_all([
        ("https://sellercentral.amazon.com/dp/B08N5WRWNW", "other us"),
        ("https://affiliate-program.amazon.de/home", "other de"),
        ("https://advertising.amazon.co.uk/dp/B08N5WRWNW", "other uk"),
        ("https://aws.amazon.com/dp/B08N5WRWNW", "other us"),
        ("https://creatorsapi.amazon/dp/B08N5WRWNW", "other -"),
        ("https://bucket.s3.amazonaws.com/dp/B08N5WRWNW", "other -"),
        ("https://m.media-amazon.com/images/I/71abcDEFghI._AC_SL1500_.jpg", "image -"),
        ("https://images-na.ssl-images-amazon.com/images/P/B08N5WRWNW.01._SL250_.jpg", "image -"),
        ("https://ws-na.amazon-adsystem.com/widgets/q?ASIN=B08N5WRWNW&tag=x-20", "image -"),
    ]);
}
