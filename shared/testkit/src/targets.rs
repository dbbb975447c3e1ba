use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    sync::{Arc, Mutex},
};

use kabar_courier::Prober;

/// Where the names of targets lead. All of them are ports of this machine, for a test reaches no other.
#[derive(Clone, Debug, Default)]
pub struct Targets(Arc<Mutex<HashMap<String, IpAddr>>>);

impl Targets {
    /// Leads a name to an address; to nowhere, and the name is not found.
    pub fn lead(&self, name: &str, to: Option<IpAddr>) {
        let mut names = self.0.lock().expect("no test failed here");
        names.remove(name);
        names.extend(to.map(|to| (name.to_owned(), to)));
    }

    /// What tries them.
    pub(crate) fn prober(&self) -> Prober {
        let targets = self.clone();
        let look_up = Box::new(move |name: String| {
            let found = targets.0.lock().expect("no test failed here").get(&name).copied();
            let found = found.ok_or(io::Error::from(io::ErrorKind::NotFound));
            let found: io::Result<Vec<_>> = found.map(|address| vec![address]);
            Box::pin(std::future::ready(found)) as _
        });
        Prober::new(look_up, || panic!("no test of use cases tries a page"))
            .allowing(|address| address.is_loopback())
    }
}
