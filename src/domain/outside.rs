//! Addresses of other systems that we speak to on a tenant's word: which of them are outside our own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::vocabulary::vocabulary;

vocabulary! {
    /// How far messages to other systems may go.
    Reach {
        /// To the open Internet, by https.
        Internet = "internet",
        /// To this machine as well, by http too: for trying things out.
        Loopback = "loopback",
    }
}

impl Reach {
    /// Whether messages may go to this address.
    pub fn covers(self, address: IpAddr) -> bool {
        is_public(address) || self == Self::Loopback && address.to_canonical().is_loopback()
    }
}

/// Whether an address is one of the open Internet: neither this machine, nor a private or local network, nor set aside
/// for something else (RFC 6890 and its registries).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let is_set_aside = v4.is_unspecified()
        || v4.is_loopback()
        || v4.is_private()
        || v4.is_link_local()
        || v4.is_documentation()
        || a == 0
        // Shared by providers (100.64.0.0/10), protocol assignments, 6to4 relays, benchmarks (198.18.0.0/15).
        || a == 100 && (64..128).contains(&b)
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || a == 198 && (b == 18 || b == 19)
        // Multicast, and everything above it up to the broadcast.
        || a >= 224;
    !is_set_aside
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    if let Some(v4) = v6.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [first, second, ..] = v6.segments();
    // Global unicast is 2000::/3; inside it Teredo and protocols (2001::/23), documentation and 6to4, which may lead
    // to any IPv4 address.
    let is_global = (0x2000..0x4000).contains(&first);
    let is_set_aside = first == 0x2001 && (second < 0x200 || second == 0xdb8)
        || first == 0x2002
        || first == 0x3fff && second < 0x1000;
    is_global && !is_set_aside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_internet_is_outside() {
        for open in
            ["1.1.1.1", "203.162.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "198.20.0.1"]
        {
            assert!(is_public(open.parse().unwrap()), "{open}");
        }
        for shut in [
            "0.0.0.0",
            "0.1.2.3",
            "127.0.0.1",
            "127.9.9.9",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "fe80::1",
            "fc00::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
            "3fff::1",
        ] {
            assert!(!is_public(shut.parse().unwrap()), "{shut}");
        }
    }
}
