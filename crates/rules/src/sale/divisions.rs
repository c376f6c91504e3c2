//! China's divisions: province, city, district, as the official list of 2023 has them (taken from
//! china-division 2.7.0, MIT). A line of `china.txt` is a province, or with a space before it a
//! city and its districts.

const LIST: &str = include_str!("china.txt");

/// Words of the list that stand for "directly below": nobody writes them on a parcel.
const BETWEEN: [&str; 4] = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

/// The thirty-one provinces the list knows.
pub fn provinces() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|l| !l.starts_with(' '))
}
/// The cities of a province; none of an unknown one.
pub fn cities(province: &str) -> impl Iterator<Item = &'static str> + use<> {
    below(province).filter_map(|l| l.split(' ').next())
}
/// The districts of a city.
pub fn districts(province: &str, city: &str) -> impl Iterator<Item = &'static str> + use<> {
    let line = below(province).find(|l| l.split(' ').next() == Some(city));
    line.into_iter().flat_map(|l| l.split(' ').skip(1))
}
fn below(province: &str) -> impl Iterator<Item = &'static str> + use<> {
    // an empty name matches the empty line that does not exist
    let mut lines = LIST.lines();
    let known = !province.starts_with(' ') && lines.any(|l| l == province);
    let cities = lines.take_while(|l| l.starts_with(' ')).map(|l| &l[1..]);
    cities.take(if known { usize::MAX } else { 0 })
}

/// The city to go on with when the province has only one: 北京市's is 市辖区.
pub fn only_city(province: &str) -> Option<&'static str> {
    let mut all = cities(province);
    all.next().filter(|_| all.next().is_none())
}

/// What stands on the parcel: `上海市 黄浦区`, `江苏省 无锡市 惠山区`.
pub fn region(province: &str, city: &str, district: &str) -> String {
    let said = [province, city, district].into_iter().filter(|n| !BETWEEN.contains(n));
    said.collect::<Vec<_>>().join(" ")
}

/// Province, city and district of a region as [`region`] writes it, or with all three names; the
/// list decides. `None` when it has no such place.
pub fn find(text: &str) -> Option<[&'static str; 3]> {
    let names: Vec<&str> = text.split_whitespace().collect();
    let (first, rest) = names.split_first()?;
    let province = provinces().find(|p| p == first)?;
    cities(province).find_map(|city| {
        let district = match rest {
            [district] if BETWEEN.contains(&city) => district,
            [named, district] if *named == city => district,
            _ => return None,
        };
        let district = districts(province, city).find(|d| d == district)?;
        Some([province, city, district])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check;

    #[test]
    fn the_list_is_whole() {
        let cities = provinces().flat_map(|p| cities(p).map(move |c| (p, c)));
        let cities: Vec<_> = cities.collect();
        let districts = cities.iter().map(|(p, c)| districts(p, c).count());
        let districts: Vec<usize> = districts.collect();
        assert_eq!((provinces().count(), cities.len()), (31, 342));
        assert_eq!(districts.iter().sum::<usize>(), 2_978);
        assert!(!districts.contains(&0), "no city without districts");
    }

    #[test]
    fn every_place_is_found_again() {
        for p in provinces() {
            for c in cities(p) {
                for d in districts(p, c) {
                    assert_eq!(find(&region(p, c, d)), Some([p, c, d]), "{p} {c} {d}");
                }
            }
        }
    }

    #[test]
    fn places() {
        check(
            "
            上海市 黄浦区 | 上海市 市辖区 黄浦区
            上海市 市辖区 黄浦区 | 上海市 市辖区 黄浦区
            重庆市 城口县 | 重庆市 县 城口县
            江苏省 无锡市 惠山区 | 江苏省 无锡市 惠山区
            湖北省 仙桃市 | 湖北省 省直辖县级行政区划 仙桃市
            江苏省 惠山区 | -
            江苏省 无锡市 | -
            浙江省 无锡市 惠山区 | -
            上海 黄浦 | -
            Leeds LS1 4DY | -",
            |c| find(c[0]).map_or("-".into(), |all| all.join(" ")),
        );
        assert_eq!(find(""), None);
        assert_eq!(cities("").count() + cities(" 石家庄市").count(), 0);
        assert_eq!((only_city("北京市"), only_city("重庆市")), (Some("市辖区"), None));
    }
}
