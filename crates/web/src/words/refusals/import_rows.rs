//! Why a row of a catalogue file cannot be taken, in sentences.
use rules::sale::import::{BadRow, RowError};
use rules::sale::product::BadProduct;

/// The sentence for one row; for a bad product it names the field.
pub fn row_error(e: &RowError) -> [&'static str; 3] {
    match (e.why, BadProduct::of(&e.detail)) {
        (BadRow::BadProduct, Some(field)) => product(field),
        (why, _) => row(why),
    }
}

pub fn row(why: BadRow) -> [&'static str; 3] {
    match why {
        BadRow::NoTitle => [
            "这一行没有商品名，也接不上前一件商品",
            "這一列沒有商品名，也接不上前一件商品",
            "No title, and the row does not belong to the product above.",
        ],
        BadRow::BadPrice => [
            "价格要写成数字，例如 39.90",
            "價格要寫成數字，例如 39.90",
            "The price must be a number such as 39.90.",
        ],
        BadRow::BadStock => [
            "库存要写成 0 或更大的整数",
            "庫存要寫成 0 或更大的整數",
            "The stock must be a whole number, 0 or more.",
        ],
        BadRow::BadWeight => {
            ["重量要写成整数克", "重量要寫成整數克", "The weight must be whole grams."]
        }
        BadRow::BadProduct => [
            "这件商品有一处不对",
            "這件商品有一處不對",
            "Something about this product is not right.",
        ],
        BadRow::HandleAgain => [
            "这个网址名前面已经用过；同一件商品的行要放在一起",
            "這個網址名前面已經用過；同一件商品的列要放在一起",
            "This handle was used above. Rows of one product stand together.",
        ],
        BadRow::SkuAgain => [
            "这个货号在文件里出现了两次",
            "這個貨號在檔案裡出現了兩次",
            "This SKU is in the file twice.",
        ],
        BadRow::TooManyColumns => [
            "这一行的列比第一行多",
            "這一列的欄比第一列多",
            "This row has more columns than the first.",
        ],
    }
}

pub fn product(field: BadProduct) -> [&'static str; 3] {
    match field {
        BadProduct::Handle => [
            "网址名只能用字母、数字和 - _ .，最多 100 字",
            "網址名只能用字母、數字和 - _ .，最多 100 字",
            "A handle has letters, digits and - _ . only, at most 100.",
        ],
        BadProduct::Title => {
            ["商品名要 1 到 120 字", "商品名要 1 到 120 字", "A title has 1 to 120 characters."]
        }
        BadProduct::Brief => {
            ["一句话介绍最多 200 字", "一句話介紹最多 200 字", "The brief may have 200 characters."]
        }
        BadProduct::Story => {
            ["故事最多 20,000 字", "故事最多 20,000 字", "The story may have 20,000 characters."]
        }
        BadProduct::Brand => {
            ["品牌最多 60 字", "品牌最多 60 字", "The brand may have 60 characters."]
        }
        BadProduct::Category => {
            ["分类名最多 40 字", "分類名最多 40 字", "A category may have 40 characters."]
        }
        BadProduct::Options => [
            "最多 3 个选项，每个都要有名字",
            "最多 3 個選項，每個都要有名字",
            "At most three options, each with a name.",
        ],
        BadProduct::Variants => {
            ["要有 1 到 100 个规格", "要有 1 到 100 個規格", "A product has 1 to 100 variants."]
        }
        BadProduct::Sku => [
            "货号最多 80 字，一件商品里不能重复",
            "貨號最多 80 字，一件商品裡不能重複",
            "A SKU has at most 80 characters and stands once in a product.",
        ],
        BadProduct::Choices => [
            "每个规格都要填每个选项，最多 60 字",
            "每個規格都要填每個選項，最多 60 字",
            "Every variant needs a value for every option, at most 60 characters.",
        ],
        BadProduct::SameChoices => {
            ["有两个规格一模一样", "有兩個規格一模一樣", "Two variants are exactly the same."]
        }
        BadProduct::Price => [
            "价格太大了，请检查小数点",
            "價格太大了，請檢查小數點",
            "The price is too large: look at its decimal point.",
        ],
        BadProduct::Stock => {
            ["库存最多 10 亿件", "庫存最多 10 億件", "The stock is at most 1,000,000,000."]
        }
        BadProduct::Weight => [
            "重量最多 100 吨，单位是克",
            "重量最多 100 噸，單位是克",
            "The weight is at most 100 tonnes; it is counted in grams.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_sentence() {
        let rows = BadRow::ALL.iter().map(|b| row(*b));
        let products = BadProduct::ALL.iter().map(|b| product(*b));
        for says in rows.chain(products) {
            assert!(says.iter().all(|s| s.chars().count() > 5), "{says:?}");
            assert!(says[2].is_ascii() && !says[0].is_ascii(), "{says:?}");
        }
    }
}
