//! Province, city, district at checkout, chosen from the official list one after the other: with
//! script each choice fetches the next list, without it a button brings the page anew.
use super::checkout;
use super::{fragments, leave};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::choice::divisions as fields;
use crate::ui::{Around, Choice, Division, fragment};
use crate::who::Here;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::Currency;
use rules::sale::divisions::{cities, districts, find, only_city, provinces, region};

/// What is chosen so far; a name that is not on the list of the one before it is dropped.
#[derive(Clone, Default, Debug)]
pub struct Chosen {
    province: String,
    city: String,
    district: String,
}

impl Chosen {
    pub fn of(form: &Form) -> Chosen {
        let text = |name: &str| form.get(name).to_owned();
        Chosen { province: text("province"), city: text("city"), district: text("district") }
            .listed()
    }
    /// The same place, from what stands on a parcel.
    pub fn of_region(text: &str) -> Chosen {
        let found = find(text).unwrap_or_default();
        let [province, city, district] = found.map(str::to_owned);
        Chosen { province, city, district }
    }
    fn listed(mut self) -> Chosen {
        if !provinces().any(|p| p == self.province) {
            return Chosen::default();
        }
        if !cities(&self.province).any(|c| c == self.city) {
            self.city = only_city(&self.province).unwrap_or_default().to_owned();
        }
        if !districts(&self.province, &self.city).any(|d| d == self.district) {
            self.district.clear();
        }
        self
    }
    /// What goes onto the parcel; empty until all three are chosen.
    pub fn region(&self) -> String {
        let text = region(&self.province, &self.city, &self.district);
        if find(&text).is_some() { text } else { String::new() }
    }
    /// What is chosen, for a form that does not show the lists.
    pub fn hidden(&self) -> Markup {
        let all =
            [("province", &self.province), ("city", &self.city), ("district", &self.district)];
        html! {
            @for (name, value) in all.into_iter().filter(|(_, v)| !v.is_empty()) {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
    /// The three selects. An error stands at the first that is not chosen.
    pub fn show(&self, here: &Here, error: Option<&str>) -> Markup {
        let choices = |all: Vec<&'static str>, on: &str| {
            all.into_iter().map(|n| Choice::new(n, n, n == on)).collect::<Vec<_>>()
        };
        let [first, second, third] = [
            choices(provinces().collect(), &self.province),
            choices(cities(&self.province).collect(), &self.city),
            choices(districts(&self.province, &self.city).collect(), &self.district),
        ];
        let at = match (self.province.is_empty(), self.city.is_empty()) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let wrong = |k: usize| error.filter(|_| k == at);
        let around = |k: usize, name: &'static str, label: [&'static str; 3]| {
            Around::new(name, here.pick(label)).error(wrong(k))
        };
        let levels = [
            Division { around: around(0, "province", ["省", "省", "Province"]), choices: &first },
            Division { around: around(1, "city", ["市", "市", "City"]), choices: &second },
            Division {
                around: around(2, "district", ["区县", "區縣", "District"]),
                choices: &third,
            },
        ];
        fields(here.lang, &format!("{}/checkout/divisions", here.base()), &levels)
    }
}

/// Whether parcels of this community go to a place on the list.
pub fn listed(here: &Here) -> bool {
    here.place.currency == Currency::Cny
}

/// The next list in place; who comes without script gets the checkout.
pub async fn refresh(here: Here, form: Form) -> Response {
    match here.fragment {
        true => fragments(fragment().replace("#address", Chosen::of(&form).show(&here, None))),
        false => leave(&here, &format!("{}/checkout?way=ship&address=new", here.base())),
    }
}

/// The page again with the lists of what was chosen; everything typed stays.
pub async fn again(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    checkout::again(&house, &here, &form).await
}

/// The region of a form: chosen from the lists, or typed where there are none.
pub fn region_of(form: &Form) -> (Chosen, String) {
    if !form.has("province") {
        let typed = form.get("region");
        return (Chosen::of_region(typed), typed.to_owned());
    }
    let chosen = Chosen::of(form);
    let region = chosen.region();
    (chosen, region)
}
