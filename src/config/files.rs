//! Where the bytes of files stand: a directory, or a bucket named by `DONDOC_FILES` and the variables that every client
//! of S3 knows.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use super::Source;

/// Where the bytes of files stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Files {
    /// In a directory.
    Directory(PathBuf),
    /// In a bucket.
    Bucket(Bucket),
}

/// A bucket of an S3-compatible store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What stands before every key; empty for nothing.
    pub prefix: String,
    /// Its region.
    pub region: String,
    /// The store's address, when it is not Amazon's own: https, or http on the machine itself.
    pub endpoint: Option<String>,
    /// What opens it; `None` where the machine has a role of its own.
    pub key: Option<BucketKey>,
}

/// What opens a bucket. Its text is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct BucketKey {
    /// The key's id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The session's token, of a key that lives for a while only.
    pub token: Option<String>,
}

impl fmt::Debug for BucketKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BucketKey({})", self.id)
    }
}

/// Bucket and prefix of `s3://BUCKET/PREFIX`.
fn place(text: &str) -> Option<(String, String)> {
    let (name, prefix) = text.strip_prefix("s3://")?.split_once('/').unwrap_or((text.get(5..)?, ""));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let is_step = |step: &str| !step.is_empty() && !step.starts_with('.') && step.chars().all(is_plain);
    let prefix = prefix.trim_end_matches('/');
    let is_right = is_step(name) && (prefix.is_empty() || prefix.split('/').all(is_step));
    is_right.then(|| (name.to_owned(), prefix.to_owned()))
}

/// An address over which keys may go: https, or http on the machine itself.
fn endpoint(text: &str) -> Option<String> {
    let url = reqwest::Url::parse(text).ok()?;
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_loopback;
    (is_safe && url.username().is_empty()).then(|| text.trim_end_matches('/').to_owned())
}

impl Source {
    /// The store of files: `files` of the data directory unless a bucket is named.
    pub(super) fn files(&mut self, data_dir: &Path) -> Files {
        let Some((name, prefix)) = self.choice("DONDOC_FILES", "s3://BUCKET or s3://BUCKET/PREFIX", place)
        else {
            return Files::Directory(data_dir.join("files"));
        };
        let region = self.text("AWS_REGION").or_else(|| self.text("AWS_DEFAULT_REGION"));
        let endpoint =
            self.choice("AWS_ENDPOINT_URL", "https://HOST, or http on the machine itself", endpoint);
        let key = match (self.text("AWS_ACCESS_KEY_ID"), self.text("AWS_SECRET_ACCESS_KEY")) {
            (Some(id), Some(secret)) => Some(BucketKey { id, secret, token: self.text("AWS_SESSION_TOKEN") }),
            (None, None) => None,
            (Some(_), None) => {
                self.fault("AWS_SECRET_ACCESS_KEY", "", "the secret, beside AWS_ACCESS_KEY_ID");
                None
            }
            (None, Some(_)) => {
                self.fault("AWS_ACCESS_KEY_ID", "", "the key's id, beside AWS_SECRET_ACCESS_KEY");
                None
            }
        };
        let region = region.unwrap_or_else(|| "us-east-1".to_owned());
        Files::Bucket(Bucket { name, prefix, region, endpoint, key })
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::config::{Config, Files};

    fn read(pairs: &[(&str, &str)]) -> Result<Files, Vec<String>> {
        let vars = pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let config = Config::from_vars(vars);
        config.map(|c| c.files).map_err(|faults| faults.into_iter().map(|fault| fault.name).collect())
    }

    #[test]
    fn files_stand_in_the_data_directory_or_in_a_bucket() {
        let directory = Files::Directory("/srv/x/files".into());
        assert_eq!(read(&[("DONDOC_DATA", "/srv/x"), ("AWS_REGION", "moon")]), Ok(directory));
        let all = [
            ("DONDOC_FILES", "s3://dondoc/bo/tep/"),
            ("AWS_ACCESS_KEY_ID", "AK"),
            ("AWS_SECRET_ACCESS_KEY", "hidden"),
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:9000/"),
        ];
        let Ok(Files::Bucket(bucket)) = read(&all) else { panic!("a bucket") };
        assert_eq!((bucket.name.as_str(), bucket.prefix.as_str()), ("dondoc", "bo/tep"));
        assert_eq!(bucket.endpoint.as_deref(), Some("http://127.0.0.1:9000"));
        assert!(!format!("{bucket:?}").contains("hidden"));
    }

    #[test]
    fn keys_go_over_no_open_wire_and_halves_are_named() {
        for bad in ["s3://", "s3:///x", "/srv/files", "s3://a b", "s3://a/../b", "https://a"] {
            assert_eq!(read(&[("DONDOC_FILES", bad)]), Err(vec!["DONDOC_FILES".to_owned()]), "{bad}");
        }
        for (name, value) in
            [("AWS_ENDPOINT_URL", "http://s3.example"), ("AWS_ENDPOINT_URL", "https://u:p@s3.example")]
        {
            assert_eq!(read(&[("DONDOC_FILES", "s3://a"), (name, value)]), Err(vec![name.to_owned()]));
        }
        let half = [("DONDOC_FILES", "s3://a"), ("AWS_ACCESS_KEY_ID", "AK")];
        assert_eq!(read(&half), Err(vec!["AWS_SECRET_ACCESS_KEY".to_owned()]));
    }
}
