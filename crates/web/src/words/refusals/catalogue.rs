//! Sentences of the catalogue and the cart.
use super::sale::{NO_PRODUCT, NOT_ALLOWED, NOT_LISTED, QUANTITY, SOLD_OUT};
use crate::words::Say;
use app::sale::{adjust_stock, fill_cart, import_products, save_product, set_shop};

impl Say for adjust_stock::Refused {
    fn says(self) -> [&'static str; 3] {
        use adjust_stock::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchProduct => NO_PRODUCT,
            BadQuantity => [
                "请填增减的数量，不能是 0",
                "請填增減的數量，不能是 0",
                "Enter how many came or went; not zero.",
            ],
            TooFew => {
                ["在架数量没有这么多", "在架數量沒有這麼多", "There are not that many on hand."]
            }
        }
    }
}
impl Say for set_shop::Refused {
    fn says(self) -> [&'static str; 3] {
        match self {
            set_shop::Refused::NotAllowed => NOT_ALLOWED,
            set_shop::Refused::BadAmount => {
                ["请填正确的金额", "請填正確的金額", "Enter a proper amount."]
            }
        }
    }
}
impl Say for fill_cart::Refused {
    fn says(self) -> [&'static str; 3] {
        use fill_cart::Refused::*;
        match self {
            NoSuchProduct => NO_PRODUCT,
            NotForSale => NOT_LISTED,
            BadQuantity => QUANTITY,
            CartFull => [
                "购物车最多放 50 款，请先结账",
                "購物車最多放 50 款，請先結帳",
                "The cart holds 50 different items. Check out first.",
            ],
            SoldOut => SOLD_OUT,
        }
    }
}
impl Say for save_product::Refused {
    fn says(self) -> [&'static str; 3] {
        use save_product::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            NoSuchProduct => NO_PRODUCT,
            BadHandle => [
                "编号只能用字母、数字、- 和 _（最多 100 字）",
                "編號只能用字母、數字、- 和 _（最多 100 字）",
                "The handle takes letters, digits, - and _ (up to 100).",
            ],
            BadTitle => [
                "请填标题（最多 120 字）",
                "請填標題（最多 120 字）",
                "Enter a title (up to 120 characters).",
            ],
            BadText => [
                "有一段文字太长了，请缩短",
                "有一段文字太長了，請縮短",
                "One of the texts is too long. Shorten it.",
            ],
            BadOptions => [
                "最多 3 个规格项，每项都要有名字",
                "最多 3 個規格項，每項都要有名字",
                "At most 3 options, each with a name.",
            ],
            BadVariants => [
                "每个规格要有不同的选项和货号",
                "每個規格要有不同的選項和貨號",
                "Each variant needs its own choices and SKU.",
            ],
            BadPrice => ["价格写成 39.90 这样", "價格寫成 39.90 這樣", "Write prices like 39.90."],
            BadStock => [
                "库存是 0 或更大的整数",
                "庫存是 0 或更大的整數",
                "Stock is a whole number from 0 up.",
            ],
            HandleTaken => [
                "这个编号已经有商品在用",
                "這個編號已經有商品在用",
                "Another product has this handle.",
            ],
            SkuTaken => [
                "这个货号已经有商品在用",
                "這個貨號已經有商品在用",
                "Another product has this SKU.",
            ],
            TooManyPictures => ["最多 9 张图", "最多 9 張圖", "At most 9 pictures."],
            ChangedMeanwhile => [
                "别人刚刚改过这件商品，请刷新后再改",
                "別人剛剛改過這件商品，請重新整理後再改",
                "Somebody changed this product a moment ago. Reload and change it again.",
            ],
        }
    }
}
impl Say for import_products::Refused {
    fn says(self) -> [&'static str; 3] {
        use import_products::Refused::*;
        match self {
            NotAllowed => NOT_ALLOWED,
            TooLarge => ["文件最大 50 MB", "檔案最大 50 MB", "A file may have 50 MB."],
            NotUtf8 => [
                "请把文件另存为 UTF-8 编码的 CSV",
                "請把檔案另存為 UTF-8 編碼的 CSV",
                "Save the file as CSV in UTF-8.",
            ],
            NotACatalogue => [
                "看不出这是商品表：第一行要有 title 和 price",
                "看不出這是商品表：第一行要有 title 和 price",
                "This is no catalogue: the first row needs title and price.",
            ],
            TooManyRows => [
                "一个文件最多 20 万行，请分开",
                "一個檔案最多 20 萬行，請分開",
                "A file may have 200,000 rows. Split it.",
            ],
            BadRows => [
                "有几行需要修改，改好后再导入，现在什么都没有写入",
                "有幾行需要修改，改好後再匯入，現在什麼都沒有寫入",
                "Some rows need mending. Nothing was written yet.",
            ],
            Conflict => [
                "有商品正在被修改，或货号属于别的商品；改好后再导入一次",
                "有商品正在被修改，或貨號屬於別的商品；改好後再匯入一次",
                "A product is being edited, or a SKU is another's. Mend it and import again.",
            ],
        }
    }
}
