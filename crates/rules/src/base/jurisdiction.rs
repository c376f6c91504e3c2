//! Whose law a community lives under.
use crate::codes;

codes! {
    /// Decides return days, price history, prize caps, disclosures and how tax is shown.
    pub enum Jurisdiction { Cn = "CN", Eu = "EU", Uk = "UK", Us = "US", Other = "other" }
}

impl Jurisdiction {
    /// Days before a reduction whose lowest price may be struck through: seven in China (禁止价格
    /// 欺诈行为的规定), thirty under EU directive 2019/2161; the UK follows the same practice here.
    pub const fn window_days(self) -> i64 {
        match self {
            Jurisdiction::Cn => 7,
            _ => 30,
        }
    }
    /// Days in which a buyer may return without a reason.
    pub const fn return_days(self) -> i64 {
        match self {
            Jurisdiction::Eu | Jurisdiction::Uk => 14,
            _ => 7,
        }
    }
}
