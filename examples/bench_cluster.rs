//! For `deploy/bench.sh`: holds the private cluster of `DONDOC_DATA` open until standard input ends. Prints the
//! directory it is in, and its address for the owner, the superuser and the application.

use std::error::Error;

use dondoc::cluster::{Cluster, ClusterOptions, DATABASE, Role};
use dondoc::config::Config;

fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::from_env().map_err(|faults| format!("{faults:?}"))?;
    let options =
        ClusterOptions { data_dir: config.data_dir, pg_bin: config.pg_bin, path: config.path, durable: true };
    let cluster = Cluster::open(&options)?;
    println!("{}", cluster.place().display());
    println!("{}", cluster.url(Role::Owner, DATABASE));
    println!("{}", cluster.url(Role::Superuser, DATABASE));
    println!("{}", cluster.url(Role::App, DATABASE));
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(cluster.leave()?)
}
