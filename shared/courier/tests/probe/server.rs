//! A server on a port of this machine, and an address book that the test writes.

use std::{
    io,
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use kabar_courier::{LookUp, Prober};
use kabar_domain::power::Target;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ClientConfig, RootCertStore, ServerConfig,
        crypto::aws_lc_rs::default_provider,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
};

pub(crate) const NAME: &str = "rumah.example.com";
pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A server that speaks TLS with a certificate of its own.
pub(crate) struct Server {
    pub(crate) port: u16,
    certificate: CertificateDer<'static>,
    connections: Arc<AtomicU32>,
    task: JoinHandle<()>,
}

impl Server {
    /// One that proves to be `name` and answers every request with `said`.
    pub(crate) async fn proving(name: &str, said: &str) -> Self {
        let CertifiedKey { cert, signing_key }: CertifiedKey<KeyPair> =
            generate_simple_self_signed([name.to_owned()]).expect("a certificate");
        let certificate = cert.der().clone();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(default_provider().into())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .expect("a server");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind((HERE, 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let connections = Arc::<AtomicU32>::default();
        let (counted, said) = (Arc::clone(&connections), said.to_owned());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                let (acceptor, said) = (acceptor.clone(), said.clone());
                tokio::spawn(async move {
                    // Whoever does not believe the certificate hangs up.
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let mut request = vec![0; 4096];
                    let length = stream.read(&mut request).await.unwrap_or_default();
                    let request = String::from_utf8_lossy(&request[..length]).into_owned();
                    let said = said.replace("{request}", request.lines().next().unwrap_or_default());
                    if stream.write_all(said.as_bytes()).await.is_ok() && stream.flush().await.is_ok() {
                        std::future::pending::<()>().await;
                    }
                });
            }
        });
        Self {
            port,
            certificate,
            connections,
            task,
        }
    }

    /// How many connections it took.
    pub(crate) fn connections(&self) -> u32 {
        self.connections.load(Ordering::Relaxed)
    }

    /// What believes this server's certificate.
    fn tls(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("a root");
        let config = ClientConfig::builder_with_provider(default_provider().into())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Arc::new(config)
    }

    /// Tries targets by the rule for everybody, whose names lead to these addresses.
    pub(crate) fn prober(&self, addresses: &[IpAddr]) -> Prober {
        let tls = self.tls();
        Prober::new(leading_to(addresses), move || Arc::clone(&tls))
    }

    /// The same, which may also try this machine.
    pub(crate) fn prober_here(&self, addresses: &[IpAddr]) -> Prober {
        self.prober(addresses).allowing(|address| address.is_loopback())
    }

    pub(crate) fn page(&self, name: &str) -> Target {
        target(&format!("https://{name}:{}/up", self.port))
    }

    pub(crate) fn tcp(&self, name: &str) -> Target {
        target(&format!("tcp://{name}:{}", self.port))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) fn target(raw: &str) -> Target {
    Target::parse(raw).expect("a target")
}

/// An address book in which every name leads to these.
pub(crate) fn leading_to(addresses: &[IpAddr]) -> LookUp {
    let addresses = addresses.to_vec();
    Box::new(move |_| Box::pin(std::future::ready(Ok(addresses.clone()))))
}

/// An address book that says the first of two things once, and the second from then on.
pub(crate) fn rebinding(first: IpAddr, then: IpAddr) -> LookUp {
    let asked = AtomicU32::new(0);
    Box::new(move |_| {
        let found = if asked.fetch_add(1, Ordering::Relaxed) == 0 {
            first
        } else {
            then
        };
        Box::pin(std::future::ready(Ok(vec![found])))
    })
}

/// An address book that is of no help.
pub(crate) fn failing(kind: io::ErrorKind) -> LookUp {
    Box::new(move |_| Box::pin(std::future::ready(Err(kind.into()))))
}
