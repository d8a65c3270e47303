//! What becomes of the bytes of files: swept, carried by archives, kept in a directory or a bucket.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use chrono::TimeDelta;
use dondoc::clock::Clock;
use dondoc::config::{self, BucketKey, Files};
use dondoc::db::Db;
use dondoc::depot::Depot;
use dondoc::error::{Error, Refusal, TenancyFault};
use dondoc::ids::{TenantId, new_id};
use dondoc::{files, jobs, tenants};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};

use crate::files::{World, email};
use crate::support::bucket::Bucket;
use crate::support::site::Site;
use crate::support::{TestApp, run};

#[test]
fn bytes_without_a_row_go_a_day_later_and_no_others() {
    let world = World::new();
    let office = world.who("office");
    let (stays, goes) = (world.put(&office, &[], "a.txt", b"a"), world.put(&office, &[], "b.txt", b"b"));
    assert_eq!(world.remove(&office, &goes, "Thừa").status, 303);
    let depot = world.test.app.depot.clone();
    let gone = TenantId::generate();
    for tenant in [world.tenant(), gone] {
        depot.keep(tenant, new_id(), &b"an upload that came to nothing"[..]).unwrap();
    }
    assert_eq!(world.kept(), 3);
    // The store says when it took something, by its own clock.
    let real = depot.kept(world.tenant()).unwrap().iter().map(|kept| kept.at).max().unwrap();
    for (hours, left, stray) in [(23, 3, 1), (25, 1, 0)] {
        let clock = Clock::fixed(real + TimeDelta::hours(hours));
        let db = Db::open(&world.test.test_db.url(dondoc::cluster::Role::App), 2, clock).unwrap();
        run(&mut world.test.test_db.superuser(), "DELETE FROM jobs; DELETE FROM job_slots");
        jobs::tick(&db, dondoc::timetable::TIMETABLE).unwrap();
        jobs::work_off(&db, files::handlers(&db, clock, &depot)).unwrap();
        assert_eq!((world.kept(), depot.kept(gone).unwrap().len()), (left, stray), "after {hours} hours");
    }
    assert_eq!(world.site.get(&office, &format!("/files/{stays}")).body, "a");
}

#[test]
fn an_archive_carries_the_files_and_a_deleted_tenant_leaves_none() {
    let world = World::new();
    let office = world.who("office");
    let (kept, removed) = (
        world.put(&office, &[], "a.txt", "ầ".repeat(900_000).as_bytes()),
        world.put(&office, &[], "b.txt", b"b"),
    );
    assert_eq!(world.remove(&office, &removed, "Thừa").status, 303);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("mot.zip");
    let tenant = world.tenant();
    let written = tenants::delete(&world.test.app, "mot", &path, "key".to_owned()).unwrap();
    assert_eq!((written.files, world.test.app.depot.kept(tenant).unwrap().len()), (1, 0));

    let there = TestApp::with_owner();
    tenants::import(&there.app, &path, None, "key").unwrap();
    tenants::set_active(&there.app, "mot", true, None).unwrap();
    let site = Site::new(&there);
    let office = site.sign_in("mot", &email("office"));
    assert_eq!(site.get(&office, &format!("/files/{kept}")).body, "ầ".repeat(900_000));
    assert_eq!(site.get(&office, &format!("/files/{removed}")).status, 404);

    // A file that is lost is no reason to write an archive without it.
    there.app.depot.forget(tenant, [kept.parse().unwrap()]).unwrap();
    let lost = tenants::export(&there.app, "mot", &dir.path().join("lost.zip"), "key".to_owned());
    assert!(
        matches!(&lost, Err(Error::Refused(Refusal::Tenancy(TenancyFault::FileLost(which)))) if which.contains(&kept)),
        "{lost:?}"
    );
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    assert_eq!(site.get(&office, &format!("/files/{kept}")).status, 503);
}

#[actix_web::test]
async fn a_directory_keeps_files_for_its_owner_and_hands_out_no_spoilt_one() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("data/files");
    let open = || Depot::open(&Files::Directory(place.clone()), &dir.path().join("data")).unwrap();
    let (depot, tenant, id) = (open(), TenantId::generate(), new_id());
    let bytes = b"abc".repeat(1_000_000);
    let sha256 = <[u8; 32]>::from(Sha256::digest(&bytes));
    let (keeper, sent) = (depot.clone(), bytes.clone());
    actix_web::web::block(move || keeper.keep(tenant, id, &sent[..])).await.unwrap().unwrap();
    for private in [&place, &dir.path().join("data/incoming")] {
        assert_eq!(fs::metadata(private).unwrap().permissions().mode() & 0o777, 0o700);
    }
    let reopened = open();
    let read = |depot: Depot, sha256| async move {
        let pieces = depot.read(tenant, id, sha256).await?;
        pieces
            .try_fold(Vec::new(), |mut all, piece| async move {
                all.extend_from_slice(&piece);
                Ok(all)
            })
            .await
    };
    assert_eq!(read(reopened.clone(), sha256).await.unwrap(), bytes);
    let stored = place.join(tenant.uuid().to_string()).join(id.to_string());
    let mut spoilt = bytes.clone();
    spoilt[2_000_000] = b'x';
    fs::write(&stored, &spoilt).unwrap();
    assert!(matches!(read(reopened.clone(), sha256).await, Err(Error::Internal(_))));
    fs::write(&stored, &bytes[..bytes.len() - 1]).unwrap();
    assert!(matches!(read(reopened.clone(), sha256).await, Err(Error::Internal(_))));
    let (keeper, all) = (reopened.clone(), vec![id, new_id()]);
    let gone = actix_web::web::block(move || keeper.forget(tenant, all)).await.unwrap().unwrap();
    assert_eq!(gone, 1);
    assert!(matches!(read(reopened, sha256).await, Err(Error::Unavailable(_))));
    assert!(!stored.exists() && fs::read_dir(dir.path().join("data/incoming")).unwrap().next().is_none());
}

#[test]
fn a_bucket_keeps_files_below_its_prefix() {
    let bucket = Bucket::start();
    let dir = tempfile::tempdir().unwrap();
    let key = BucketKey { id: "AK".into(), secret: "hidden".into(), token: None };
    let settings = Files::Bucket(config::Bucket {
        name: "dondoc".into(),
        prefix: "bo/tep".into(),
        region: "us-east-1".into(),
        endpoint: Some(bucket.endpoint.clone()),
        key: Some(key),
    });
    let depot = Depot::open(&settings, dir.path()).unwrap();
    let (tenant, id) = (TenantId::generate(), new_id());
    let bytes = b"abc".repeat(2_500_000);
    let sha256 = <[u8; 32]>::from(Sha256::digest(&bytes));
    depot.keep(tenant, id, &bytes[..]).unwrap();
    let place = format!("dondoc/bo/tep/{}/{id}", tenant.uuid());
    assert!(bucket.objects.lock().unwrap()[&place] == bytes);
    let mut read = Vec::new();
    depot.copy_to(tenant, id, sha256, &mut read).unwrap();
    assert!(read == bytes);
    assert!(matches!(depot.copy_to(tenant, id, [0; 32], &mut read), Err(Error::Internal(_))));
    assert_eq!(depot.kept(tenant).unwrap().iter().map(|kept| kept.id).collect::<Vec<_>>(), [id]);
    assert_eq!(depot.tenants().unwrap(), [tenant]);
    assert_eq!(depot.kept(TenantId::generate()).unwrap(), []);
    depot.forget(tenant, [id]).unwrap();
    assert!(bucket.objects.lock().unwrap().is_empty());
    drop(bucket);
}
