//! Line icons, drawn on a 24 grid with a 1.75 stroke. Inline: a repeated path costs next to
//! nothing once compressed, and needs no request.
use maud::{Markup, html};

macro_rules! icons {
    ($($name:ident $path:literal)+) => {
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Icon { $($name),+ }
        impl Icon {
            pub const ALL: &'static [Icon] = &[$(Icon::$name),+];
            const fn path(self) -> &'static str {
                match self { $(Icon::$name => $path),+ }
            }
        }
    };
}

icons! {
    Home "M4 10.5 12 4l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z"
    Users "M16 19v-1.5a3.5 3.5 0 0 0-3.5-3.5h-5A3.5 3.5 0 0 0 4 17.5V19M10 10.5a3.25 3.25 0 1 \
        0 0-6.5 3.25 3.25 0 0 0 0 6.5M20 19v-1.5a3.5 3.5 0 0 0-2.6-3.4M15.5 4.2a3.25 3.25 0 \
        0 1 0 6.1"
    Chat "M20 11.5a7.5 7.5 0 0 1-11 6.6L4 19.5l1.4-4.3A7.5 7.5 0 1 1 20 11.5z"
    User "M19 20v-1.5a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4V20M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7"
    Search "M10.75 17.5a6.75 6.75 0 1 0 0-13.5 6.75 6.75 0 0 0 0 13.5M20 20l-4.4-4.4"
    Bell "M6 9.5a6 6 0 0 1 12 0c0 5.5 2 7 2 7H4s2-1.5 2-7M10 20a2.2 2.2 0 0 0 4 0"
    Back "M14.5 5.5 8 12l6.5 6.5"
    Right "M9.5 5.5 16 12l-6.5 6.5"
    Down "M5.5 9 12 15.5 18.5 9"
    Up "M5.5 15 12 8.5 18.5 15"
    Close "M6 6l12 12M18 6 6 18"
    Plus "M12 5v14M5 12h14"
    Minus "M5 12h14"
    Check "M5 12.5l4.5 4.5L19 7.5"
    Pin "M12 21s7-6.1 7-11.3A7 7 0 0 0 5 9.7C5 14.9 12 21 12 21M12 12.2a2.5 2.5 0 1 0 0-5 \
        2.5 2.5 0 0 0 0 5"
    Clock "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.5V12l3 2"
    Bag "M5.5 8h13l1 11.2a1 1 0 0 1-1 1.1h-13a1 1 0 0 1-1-1.1zM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"
    Ticket "M4 7h16v3.2a2 2 0 0 0 0 3.6V17H4v-3.2a2 2 0 0 0 0-3.6zM14 7v2M14 11v2M14 15v2"
    Packet "M6 3.5h12a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1M5 8c2 \
        2.3 4.5 3.4 7 3.4S17 10.3 19 8M12 14a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6"
    Share "M13.5 5.5 20 11l-6.5 5.5V13C8.5 13 5.7 14.6 4 18c.4-5.5 3.3-9 9.5-9.3z"
    Heart "M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.3a4.3 4.3 0 0 1 7.5 2.5C19.5 15.4 12 20 \
        12 20"
    More "M5.5 12h.01M12 12h.01M18.5 12h.01"
    Qr "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v6h-6v-1"
    Scan "M4 8.5V5a1 1 0 0 1 1-1h3.5M15.5 4H19a1 1 0 0 1 1 1v3.5M20 15.5V19a1 1 0 0 1-1 \
        1h-3.5M8.5 20H5a1 1 0 0 1-1-1v-3.5M4 12h16"
    Image "M5 4.5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1M4.5 \
        17l4.8-4.8 3.7 3.7 2.5-2.5 4 4M14.8 9.5h.01"
    Smile "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M8.5 14.2c1.9 2.4 5.1 2.4 7 0M9 \
        9.5h.01M15 9.5h.01"
    Send "M20 4 3.5 10.5l7 3 3 7zM20 4l-9.5 9.5"
    Star "M12 3.5l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17l-5.3 3 1.1-6-4.4-4.2 6-.8z"
    Truck "M3.5 6h10.5v10.5H3.5zM14 9.5h3.5l3 3.5v3.5H14M7.5 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 \
        0 0 0 3.6M17 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6"
    Parcel "M12 3.5l7.5 4v9l-7.5 4-7.5-4v-9zM4.5 7.5l7.5 4 7.5-4M12 11.5v9"
    Wallet "M18 8V5.5a1 1 0 0 0-1-1H6a2 2 0 0 0 0 4h13a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H6a2 2 0 0 \
        1-2-2V6.5M16 13.7h.01"
    Coin "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16M9 8.5l3 4 3-4M12 12.5V16.5M9.5 13h5"
    Calendar "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1M4 \
        10.5h16M8.5 3.5V8M15.5 3.5V8"
    Mic "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3M6 11.5a6 6 0 0 0 12 0M12 17.5v3"
    Play "M8 5.5v13l10.5-6.5z"
    Gear "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 \
        2.1M15.9 15.9 18 18M18 6l-2.1 2.1M8.1 15.9 6 18"
    Shield "M12 3.5l7 2.7v5.3c0 4.3-2.8 7.5-7 9-4.2-1.5-7-4.7-7-9V6.2zM9 12l2.2 2.2L15.2 10"
    Leaf "M19.5 4.5c.8 8-2.5 13-8.5 13-3.5 0-6-2.3-6-5.5 0-5 5.5-7.5 14.5-7.5M4.5 20c1.5-4.5 \
        4.5-7.5 9-9.5"
    Phone "M7.5 3h9a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M11 18h2"
    Lock "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"
    Edit "M4 20l1-4.5L15.5 5a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19zM13.5 7l3.5 3.5"
    Trash "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7"
    Filter "M4 6h16M7 12h10M10 18h4"
    Download "M12 4v11M7.5 11 12 15.5 16.5 11M4.5 20h15"
    Print "M7 8.5V4h10v4.5M7 16.5H4.5v-7h15v7H17M7.5 14h9v6h-9z"
    List "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"
    Grid "M4 4h7v7H4zM13.5 4H20v4.5h-6.5zM13.5 12H20v8h-6.5zM4 14.5h7V20H4z"
    Chart "M4 4v16h16M8 15.5l3.5-4.5 3 2.5L19.5 7"
    Graph "M6.5 14.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M17 8a2.3 2.3 0 1 0 0-4.6A2.3 2.3 \
        0 0 0 17 8M17 20.6a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M8.6 11l6.3-4M8.6 13l6.3 \
        4"
    Flag "M5.5 21V4M5.5 5c4-2.5 8 2 13 0v8.5c-5 2-9-2.5-13 0"
    Book "M5 4.5h12.5a1 1 0 0 1 1 1v14H7a2 2 0 0 1-2-2zM5 17.5a2 2 0 0 1 2-2h11.5M9 8.5h5.5"
    Warn "M12 4l9 15.5H3zM12 10v4M12 17h.01"
    Info "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11v5M12 8h.01"
    Eye "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 15a3 3 0 1 0 \
        0-6 3 3 0 0 0 0 6"
    Link "M10 13.5a4 4 0 0 0 6 .4l2.5-2.5a4 4 0 0 0-5.7-5.7L11.5 7M14 10.5a4 4 0 0 \
        0-6-.4l-2.5 2.5a4 4 0 0 0 5.7 5.7l1.3-1.3"
    Copy "M9 9h11v11H9zM5.5 15H4V4h11v1.5"
    Horn "M4 10v4h3.5l8.5 4.5v-13L7.5 10zM19 9.5a4 4 0 0 1 0 5M8 14l1 5.5h2.5L10.5 15"
    Sort "M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5"
    Columns "M4 5h16v14H4zM9.5 5v14M14.8 5v14"
    Tag "M4 4.5h7.5l8.5 8.5-7 7L4.5 11.5zM8.3 8.3h.01"
    Redo "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15"
    Quote "M5 6v12M9.5 8H20M9.5 12H20M9.5 16h6"
    Bolt "M13 3 5.5 13.5H12L11 21l7.5-10.5H12z"
    Key "M8.5 17a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M12.5 11l8-6M17 7.5l2 2.5"
    Globe "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M3.5 12h17M12 3.5c2.5 2.5 3.5 5.3 3.5 \
        8.5s-1 6-3.5 8.5c-2.5-2.5-3.5-5.3-3.5-8.5s1-6 3.5-8.5"
    Logout "M14.5 4.5H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h8.5M10 12h10M16.5 8.5 20 12l-3.5 3.5"
    Grip "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01"
}

fn draw(icon: Icon, class: &str) -> Markup {
    // Drawings made of dots only would vanish at the stroke of the others.
    let dots = matches!(icon, Icon::More | Icon::Grip);
    html! {
        svg class={ (class) @if dots { " -dots" } } viewBox="0 0 24 24" aria-hidden="true" {
            path d=(icon.path()) {}
        }
    }
}

/// 20 px, beside text.
pub fn icon(icon: Icon) -> Markup {
    draw(icon, "i")
}
/// 16 px, inside small controls.
pub fn icon_s(icon: Icon) -> Markup {
    draw(icon, "i -s")
}
/// 24 px, above a word.
pub fn icon_l(icon: Icon) -> Markup {
    draw(icon, "i -l")
}
/// A filled or emptied star of a score.
pub(super) fn star(on: bool) -> Markup {
    draw(Icon::Star, if on { "i" } else { "i -off" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_draws_a_path_inside_its_grid() {
        for i in Icon::ALL {
            let d = i.path();
            assert!(d.starts_with('M') && d.len() > 6, "{i:?}");
            assert!(d.chars().all(|c| " .-".contains(c) || c.is_ascii_alphanumeric()), "{i:?}");
            let html = icon(*i).into_string();
            assert!(html.contains(&format!("d=\"{d}\"")) && html.contains("aria-hidden"));
        }
        let mut paths: Vec<&str> = Icon::ALL.iter().map(|i| i.path()).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), Icon::ALL.len(), "two names for one drawing");
    }
}
