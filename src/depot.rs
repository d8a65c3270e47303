//! Where the bytes of files stand: a directory, or a bucket of an S3-compatible store. Keys are the tenant's id and the
//! file's, never a name that somebody typed.
//!
//! What must stay true: a file is there whole or not at all; nothing is overwritten, as no id comes twice. What it is and
//! whose, only the database knows.

use std::fmt::Display;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path as Place, PathBuf};
use std::sync::Arc;
use std::thread;

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::SpawnedReqwestConnector;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::config::{Bucket, Files};
use crate::error::{Error, Result};
use crate::ids::{TenantId, new_id};

/// So much is held in memory of a file on its way into a directory.
const PART: usize = 1024 * 1024;

/// The smallest part that S3 takes, but for the last one.
const BUCKET_PART: usize = 5 * 1024 * 1024;

/// The keeper of bytes; a clone keeps the same.
#[derive(Clone)]
pub struct Depot {
    store: Arc<dyn ObjectStore>,
    part: usize,
    scratch: PathBuf,
    // Ends the thread that speaks to the bucket when the last clone goes.
    _speaker: Option<Arc<oneshot::Sender<()>>>,
}

/// A file that is kept: its id, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The file's id.
    pub id: Uuid,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// The pieces of a file, in their order.
pub type Pieces = BoxStream<'static, Result<Bytes>>;

fn failed(what: &str) -> impl Fn(object_store::Error) -> Error + '_ {
    move |error| Error::Unavailable(format!("the store of files, {what}: {error}"))
}

fn local(place: &Place) -> impl Fn(std::io::Error) -> Error + '_ {
    move |error| Error::Internal(format!("{}: {error}", place.display()))
}

fn key(tenant: TenantId, id: Uuid) -> Path {
    Path::from_iter([tenant.uuid().to_string(), id.to_string()])
}

impl Depot {
    /// Opens the store of the settings, making its directory where there is none; `data_dir` has room for what is on its
    /// way in.
    ///
    /// # Errors
    /// The directory can't be made, or the bucket's settings can't be used.
    pub fn open(files: &Files, data_dir: &Place) -> Result<Self> {
        let scratch = data_dir.join("incoming");
        private_directory(&scratch)?;
        match files {
            Files::Directory(place) => {
                private_directory(place)?;
                let store = LocalFileSystem::new_with_prefix(place)
                    .map_err(failed("its directory"))?
                    .with_automatic_cleanup(true)
                    .with_fsync(true);
                Ok(Self { store: Arc::new(store), part: PART, scratch, _speaker: None })
            }
            Files::Bucket(bucket) => {
                let (store, speaker) = bucket_store(bucket)?;
                let store: Arc<dyn ObjectStore> = match bucket.prefix.as_str() {
                    "" => Arc::new(store),
                    prefix => Arc::new(PrefixStore::new(store, prefix)),
                };
                Ok(Self { store, part: BUCKET_PART, scratch, _speaker: Some(Arc::new(speaker)) })
            }
        }
    }

    /// One that forgets everything with its last clone, for tests; `scratch` is a directory that is there.
    pub fn in_memory(scratch: PathBuf) -> Self {
        Self { store: Arc::new(InMemory::new()), part: PART, scratch, _speaker: None }
    }

    /// A nameless file for what is on its way in: gone when it is closed, whatever happens.
    ///
    /// # Errors
    /// It can't be made.
    pub fn scratch(&self) -> Result<File> {
        let place = self.scratch.join(new_id().to_string());
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&place);
        let file = file.map_err(local(&place))?;
        fs::remove_file(&place).map_err(local(&place))?;
        Ok(file)
    }

    /// Where nameless files are made.
    pub fn scratch_place(&self) -> &Place {
        &self.scratch
    }

    /// Keeps a file, to its end. Waits; not for a thread that serves requests.
    ///
    /// # Errors
    /// The store can't be reached or is full; then nothing is kept.
    pub fn keep(&self, tenant: TenantId, id: Uuid, mut from: impl Read) -> Result<()> {
        let unreadable = |e: std::io::Error| Error::Internal(format!("a file on its way in: {e}"));
        waiting()?.block_on(async {
            let writing = failed("writing");
            let mut upload = self.store.put_multipart(&key(tenant, id)).await.map_err(&writing)?;
            let sent = async {
                loop {
                    let mut part = Vec::with_capacity(self.part);
                    from.by_ref().take(self.part as u64).read_to_end(&mut part).map_err(unreadable)?;
                    if part.is_empty() {
                        return upload.complete().await.map_err(&writing);
                    }
                    upload.put_part(part.into()).await.map_err(&writing)?;
                }
            };
            let sent = sent.await;
            if sent.is_err()
                && let Err(error) = upload.abort().await
            {
                tracing::warn!(%error, "a file that could not be kept left parts behind");
            }
            sent.map(drop)
        })
    }

    /// The pieces of a file; the last comes only when the whole is what `sha256` says, so that nobody takes a spoilt file
    /// for whole.
    ///
    /// # Errors
    /// It is not there, or the store can't be reached.
    pub async fn read(&self, tenant: TenantId, id: Uuid, sha256: [u8; 32]) -> Result<Pieces> {
        let found = self.store.get(&key(tenant, id)).await.map_err(failed("reading"))?;
        let pieces = found.into_stream().map_err(|error| failed("reading")(error)).fuse();
        Ok(checked(pieces.boxed(), id, sha256))
    }

    /// Writes a file to `to`, and says when it was not what `sha256` says. Waits.
    ///
    /// # Errors
    /// It is not there, is spoilt, or can't be written.
    pub fn copy_to(&self, tenant: TenantId, id: Uuid, sha256: [u8; 32], to: &mut dyn Write) -> Result<()> {
        waiting()?.block_on(async {
            let mut pieces = self.read(tenant, id, sha256).await?;
            while let Some(piece) = pieces.try_next().await? {
                to.write_all(&piece).map_err(|e| Error::Internal(format!("a file on its way out: {e}")))?;
            }
            Ok(())
        })
    }

    /// Everything that is kept of a tenant. Waits.
    ///
    /// # Errors
    /// The store can't be reached.
    pub fn kept(&self, tenant: TenantId) -> Result<Vec<Kept>> {
        let prefix = Path::from(tenant.uuid().to_string());
        let all = waiting()?.block_on(self.store.list(Some(&prefix)).try_collect::<Vec<_>>());
        let of_ours = |meta: object_store::ObjectMeta| {
            let id = meta.location.filename()?.parse().ok()?;
            Some(Kept { id, at: meta.last_modified })
        };
        Ok(all.map_err(failed("listing"))?.into_iter().filter_map(of_ours).collect())
    }

    /// The tenants of which anything is kept. Waits.
    ///
    /// # Errors
    /// The store can't be reached.
    pub fn tenants(&self) -> Result<Vec<TenantId>> {
        let listed = waiting()?.block_on(self.store.list_with_delimiter(None)).map_err(failed("listing"))?;
        let id = |prefix: &Path| prefix.filename()?.parse().ok().map(TenantId::from_uuid);
        Ok(listed.common_prefixes.iter().filter_map(id).collect())
    }

    /// Forgets files; one that is gone already is no fault. Waits.
    ///
    /// # Errors
    /// The store can't be reached.
    pub fn forget(&self, tenant: TenantId, ids: impl IntoIterator<Item = Uuid>) -> Result<usize> {
        waiting()?.block_on(async {
            let mut gone = 0;
            for id in ids {
                match self.store.delete(&key(tenant, id)).await {
                    Ok(()) => gone += 1,
                    Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => return Err(failed("removing")(error)),
                }
            }
            Ok(gone)
        })
    }
}

/// A runtime for one act of a thread that may wait.
fn waiting() -> Result<Runtime> {
    let made = Builder::new_current_thread().enable_all().build();
    made.map_err(|e| Error::Internal(format!("no runtime for files: {e}")))
}

/// A directory that nobody but its owner enters.
fn private_directory(place: &Place) -> Result<()> {
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent).map_err(local(parent))?;
    }
    match DirBuilder::new().mode(0o700).create(place) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(local(place)(error)),
        _ => {}
    }
    fs::set_permissions(place, Permissions::from_mode(0o700)).map_err(local(place))
}

/// The bucket, and what ends the thread that speaks to it: connections outlive the acts that use them.
fn bucket_store(bucket: &Bucket) -> Result<(AmazonS3, oneshot::Sender<()>)> {
    let runtime = waiting()?;
    let handle = runtime.handle().clone();
    let (speaker, ended) = oneshot::channel::<()>();
    let speaks = move || drop(runtime.block_on(ended));
    thread::Builder::new()
        .name("bucket".to_owned())
        .spawn(speaks)
        .map_err(|e| Error::Internal(format!("no thread for the bucket: {e}")))?;
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_http_connector(SpawnedReqwestConnector::new(handle));
    if let Some(endpoint) = &bucket.endpoint {
        // The settings let plain http through to the machine itself only.
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    if let Some(key) = &bucket.key {
        builder = builder.with_access_key_id(&key.id).with_secret_access_key(&key.secret);
        if let Some(token) = &key.token {
            builder = builder.with_token(token);
        }
    }
    Ok((builder.build().map_err(failed("its bucket"))?, speaker))
}

/// Holds the last piece back until the whole is what it should be.
fn checked(pieces: Pieces, id: Uuid, sha256: [u8; 32]) -> Pieces {
    struct State {
        pieces: Pieces,
        held: Option<Bytes>,
        hash: Sha256,
    }
    let state = State { pieces, held: None, hash: Sha256::new() };
    let step = move |mut state: State| async move {
        while let Some(piece) = state.pieces.try_next().await? {
            state.hash.update(&piece);
            if let Some(held) = state.held.replace(piece) {
                return Ok(Some((held, state)));
            }
        }
        let is_whole = <[u8; 32]>::from(state.hash.finalize_reset()) == sha256;
        match state.held.take() {
            Some(last) if is_whole => Ok(Some((last, state))),
            Some(_) => Err(spoilt(id)),
            // The end, or a file of nothing, which none is.
            None => Ok(None),
        }
    };
    futures_util::stream::try_unfold(state, step).boxed()
}

fn spoilt(id: impl Display) -> Error {
    Error::Internal(format!("the bytes of file {id} are not those that were kept"))
}
