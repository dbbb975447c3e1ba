use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What of IPv4 leads to no server that everybody can reach: IANA's registry of special-purpose addresses
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>, RFC 6890), multicast and what is reserved. Relays of
/// 6to4 are among them, for who knows where they lead.
const REFUSED_V4: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local: the metadata of clouds are here.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // The metadata of Azure, at an address that looks like any other.
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// All of IPv6 that leads to servers everywhere (RFC 4291). IPv4 in disguise (mapped, compatible, translated by NAT64),
/// unique-local, link-local, site-local, discarded and multicast addresses are outside of it.
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What of that does not (<https://www.iana.org/assignments/iana-ipv6-special-registry>).
const REFUSED_V6: [(Ipv6Addr, u32); 4] = [
    // Protocols: Teredo, which has IPv4 in it, benchmarking, ORCHID.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    // 6to4, which has IPv4 in it.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Whether an address leads to a server that everybody can reach, so that somebody who has it connected to learns nothing
/// of ours.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !REFUSED_V4.iter().any(|net| {
            let (base, length) = *net;
            (address.to_bits() ^ base.to_bits()) >> (32 - length) == 0
        }),
        IpAddr::V6(address) => {
            is_in(address, GLOBAL_V6) && !REFUSED_V6.iter().any(|net| is_in(address, *net))
        }
    }
}

fn is_in(address: Ipv6Addr, (base, length): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ base.to_bits()) >> (128 - length) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(addresses: &[&str], expected: bool) {
        for address in addresses {
            assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn servers_everywhere_may_be_probed_up_to_the_edges_of_what_may_not() {
        check(
            &[
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "2001:200::1",
                "2001:db7:ffff::1",
                "2001:db9::1",
                "2003::1",
                "2606:4700:4700::1111",
                "2a00:1450:4001:81b::200e",
                "3ffe:ffff::1",
                "3fff:1000::1",
            ],
            true,
        );
    }

    #[test]
    fn whatever_is_not_everybodys_to_reach_is_refused() {
        check(
            &[
                // Unspecified, "this network".
                "0.0.0.0",
                "0.255.255.255",
                // Private.
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.0",
                "192.168.255.255",
                // Shared behind a carrier's NAT; a cloud's metadata are there too.
                "100.64.0.0",
                "100.100.100.200",
                "100.127.255.255",
                // Loopback.
                "127.0.0.1",
                "127.255.255.255",
                // Link-local, metadata.
                "169.254.0.0",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.255.255",
                "168.63.129.16",
                "192.0.0.192",
                // Documentation, benchmarking, relays of 6to4.
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "198.18.0.0",
                "198.19.255.255",
                "192.88.99.1",
                // Multicast, reserved, broadcast.
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                // Unspecified, loopback.
                "::",
                "::1",
                // IPv4 in disguise: compatible, mapped, translated, NAT64, 6to4, Teredo; also of addresses that are public.
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:93.184.216.34",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::5db8:d822",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::1",
                "2002:5db8:d822::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                // Discard, protocols, benchmarking, ORCHID, documentation, segment routing.
                "100::1",
                "2001:1::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "3fff::1",
                "5f00::1",
                // Unique-local (metadata among them), link-local, site-local, multicast.
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ffff::1",
            ],
            false,
        );
    }
}
