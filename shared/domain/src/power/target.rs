use std::{fmt, net::IpAddr};

use url::{Host, Position, Url};

use super::is_public;
use crate::Invalid;

/// The longest target, in bytes, as it is kept: with its spaces and foreign letters encoded.
pub const TARGET_MAX: usize = 255;
/// Names that lead nowhere from outside: RFC 6761, 6762, 8375, and what ICANN reserves for private use.
const PRIVATE_NAMES: [&str; 4] = ["localhost", "local", "home.arpa", "internal"];

const FORM: &str = "Must be tcp://host:port or https://host.";
const PRIVATE: &str = "Must be an address that everybody can reach.";

/// What a probe connects to: a port of a host (`tcp://host:port`), or a page (`https://host/path`).
///
/// Whether its name leads to an address that may be probed is to be seen whenever it is looked up.
#[derive(Clone, PartialEq, Eq)]
pub struct Target(Url);

impl Target {
    /// Reads a target. However a host is written, it is taken as browsers take it: `0x7f.1` is 127.0.0.1.
    ///
    /// # Errors
    /// When it is of another scheme, has no port where one is needed, has a user or a fragment, is too long, or is an
    /// address or a name of a private network.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let raw = raw.trim();
        if raw.len() > TARGET_MAX {
            return Err(too_long());
        }
        let mut url = Url::parse(raw).map_err(|_| Invalid::because(FORM))?;
        let is_tcp = match url.scheme() {
            "tcp" => true,
            "https" => false,
            _ => return Err(Invalid::because(FORM)),
        };
        // Of a scheme that they do not know, browsers take a host as it is.
        let host = url.host_str().and_then(|host| Host::parse(host).ok());
        let host = host.ok_or_else(|| Invalid::because(FORM))?;
        url.set_host(Some(&host.to_string()))
            .map_err(|_| Invalid::because(FORM))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Invalid::because("Must not name a user."));
        }
        if url.fragment().is_some() || (is_tcp && (!matches!(url.path(), "" | "/") || url.query().is_some()))
        {
            return Err(Invalid::because(FORM));
        }
        match url.port() {
            None if is_tcp => return Err(Invalid::because(FORM)),
            Some(0) => return Err(Invalid::because("Must have a port from 1 to 65535.")),
            _ => {}
        }
        if is_tcp {
            url.set_path("");
        }
        if url.as_str().len() > TARGET_MAX {
            return Err(too_long());
        }
        match is_reachable(&host) {
            true => Ok(Self(url)),
            false => Err(Invalid::because(PRIVATE)),
        }
    }

    /// Reads a target that was taken once, also by rules that were others then: where it leads is looked at when it is tried.
    ///
    /// # Errors
    /// When it is no URL.
    pub fn kept(raw: &str) -> Result<Self, Invalid> {
        Url::parse(raw).map(Self).map_err(|_| Invalid::because(FORM))
    }

    /// As it is written in JSON and in the store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host: a name, or an address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.0.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// The host, and the port if it is not the usual one, as servers are told whom one looks for.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.0[Position::BeforeHost..Position::AfterPort]
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// What to ask for, of a page; nothing of a mere port.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        (self.0.scheme() == "https").then(|| &self.0[Position::BeforePath..])
    }
}

/// It tells where somebody lives: no log has it.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").finish_non_exhaustive()
    }
}

fn too_long() -> Invalid {
    Invalid::because(format!("Must have at most {TARGET_MAX} bytes."))
}

fn is_reachable(host: &Host) -> bool {
    match host {
        Host::Ipv4(address) => is_public(IpAddr::V4(*address)),
        Host::Ipv6(address) => is_public(IpAddr::V6(*address)),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let is_private = |end: &str| name.strip_suffix(end).is_some_and(|rest| rest.ends_with('.'));
            name.contains('.') && !PRIVATE_NAMES.into_iter().any(is_private)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parsed(raw: &str) -> Target {
        Target::parse(raw).unwrap_or_else(|invalid| panic!("{raw}: {invalid:?}"))
    }

    #[test]
    fn a_target_is_a_port_of_a_host_or_a_page() {
        let port = parsed(" tcp://Rumah.Example.com:8443/ ");
        assert_eq!(port.as_str(), "tcp://rumah.example.com:8443");
        assert_eq!(
            (port.host(), port.port(), port.page()),
            ("rumah.example.com", 8443, None)
        );
        let page = parsed("https://rumah.example.com");
        assert_eq!(
            (page.host(), page.port(), page.page()),
            ("rumah.example.com", 443, Some("/"))
        );
        let page = parsed("https://93.184.216.34:8443/up?of=a b");
        assert_eq!(
            (page.host(), page.port(), page.page()),
            ("93.184.216.34", 8443, Some("/up?of=a%20b"))
        );
        assert_eq!(page.authority(), "93.184.216.34:8443");
        let six = parsed("tcp://[2606:4700:4700::1111]:22");
        assert_eq!((six.host(), six.port()), ("2606:4700:4700::1111", 22));
        assert_eq!(six.authority(), "[2606:4700:4700::1111]:22");
        assert_eq!(
            parsed("tcp://bücher.example.com:443").host(),
            "xn--bcher-kva.example.com"
        );
    }

    #[test]
    fn a_target_is_as_long_as_it_is_kept() {
        let page = |letter: &str, count: usize| format!("https://a.example.com/{}x", letter.repeat(count));
        let longest = parsed(&page("é", 38));
        assert!(longest.as_str().len() <= TARGET_MAX);
        assert_eq!(Target::kept(longest.as_str()), Ok(longest));
        for raw in [page(" ", 200), page("é", 40), page("y", 255)] {
            assert!(Target::parse(&raw).is_err(), "{raw}");
        }
        // A rule that came later makes nothing unreadable.
        assert!(Target::kept("tcp://printer.local:80").is_ok());
    }

    #[test]
    fn what_is_stored_reads_as_it_was() {
        for raw in ["tcp://a.example.com:443", "https://a.example.com:443/x%0A?y#"] {
            if let Ok(target) = Target::parse(raw) {
                assert_eq!(parsed(target.as_str()), target);
            }
        }
        assert_eq!(parsed("tcp://a.example.com:443").port(), 443);
    }

    #[test]
    fn what_is_no_target_is_refused() {
        for raw in [
            "",
            "rumah.example.com",
            "rumah.example.com:80",
            "http://rumah.example.com",
            "udp://rumah.example.com:53",
            "file:///etc/passwd",
            "tcp:rumah.example.com:80",
            "tcp://",
            "tcp://:80",
            "tcp://rumah.example.com",
            "tcp://rumah.example.com:",
            "tcp://rumah.example.com:0",
            "tcp://rumah.example.com:65536",
            "tcp://rumah.example.com:80/path",
            "tcp://rumah.example.com:80?query",
            "tcp://rumah.example.com:80#fragment",
            "tcp://ru mah.example.com:80",
            "tcp://rumah.example.com\0:80",
            "tcp://rumah.example.com%00:80",
            "tcp://[::1%25eth0]:80",
            "tcp://somebody@rumah.example.com:80",
            "https://somebody:secret@rumah.example.com",
            "https://rumah.example.com/#fragment",
            "https://rumah.example.com:0",
        ] {
            assert!(Target::parse(raw).is_err(), "{raw:?}");
        }
        assert!(Target::parse(&format!("https://rumah.example.com/{}", "x".repeat(TARGET_MAX))).is_err());
    }

    #[test]
    fn a_private_network_is_refused_however_it_is_written() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "router",
            "router.local",
            "nas.home.arpa",
            "instance-data.ec2.internal",
            "metadata.google.internal.",
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "0177.0.0.1",
            "%31%32%37.0.0.1",
            "１２７.0.0.1",
            "10.0.0.1",
            "169.254.169.254",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[64:ff9b::a00:1]",
            "[2002:7f00:1::]",
            "[fd00:ec2::254]",
        ] {
            for raw in [format!("tcp://{host}:80"), format!("https://{host}/")] {
                assert!(Target::parse(&raw).is_err(), "{raw}");
            }
        }
    }
}
