//! The static files, built into the program. Their addresses change with their bytes, so browsers keep them for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A static file.
pub struct Asset {
    /// The end of its address, `app.1a2b3c4d5e6f.css`.
    pub name: String,
    /// What it is.
    pub content_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// Where the pages find the files they load.
#[derive(Debug, Clone)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The style of letters, for the pages that show one.
    pub letter: String,
    /// The module that makes things quicker.
    pub js: String,
    /// The icon.
    pub icon: String,
}

impl Default for Assets {
    fn default() -> Self {
        let at = |asset: &Asset| format!("/static/{}", asset.name);
        Self { css: at(&CSS), letter: at(&LETTER), js: at(&JS), icon: at(&ICON) }
    }
}

impl Asset {
    /// The file of a name.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        let known: [&'static Self; 4] = [&CSS, &LETTER, &JS, &ICON];
        known.into_iter().find(|asset| asset.name == name)
    }
}

static CSS: LazyLock<Asset> = LazyLock::new(|| asset("app", "css", include_bytes!("../../static/app.css")));
static LETTER: LazyLock<Asset> =
    LazyLock::new(|| asset("letter", "css", include_bytes!("../../static/letter.css")));
static JS: LazyLock<Asset> = LazyLock::new(|| asset("app", "js", include_bytes!("../../static/app.js")));
static ICON: LazyLock<Asset> =
    LazyLock::new(|| asset("icon", "svg", include_bytes!("../../static/icon.svg")));

fn asset(stem: &str, kind: &'static str, bytes: &'static [u8]) -> Asset {
    let content_type = match kind {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    let hash = Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>();
    Asset { name: format!("{stem}.{hash}.{kind}"), content_type, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_its_file() {
        let Assets { css, letter, js, icon } = Assets::default();
        for address in [css, letter, js, icon] {
            let name = address.strip_prefix("/static/").unwrap();
            assert!(!Asset::of_name(name).unwrap().bytes.is_empty(), "{address}");
        }
        assert!(Asset::of_name("app.css").is_none());
    }
}
