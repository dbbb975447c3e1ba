//! A console with something of every kind in it, over the real store in this process: pages are there in no time, and the
//! clock stands still.

use axum::Router;
use kabar_console::Site;
use kabar_domain::{
    Language, World,
    ids::UserId,
    news::{Brake, BrakeReason, Reputation},
    people::User,
    power::Word,
};
use kabar_testkit::{House, JAKARTA, PASSWORD, Person};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const SUPERUSER: &str = "susi";
pub(crate) const ORGANIZER: &str = "oki";
pub(crate) const PERSON: &str = "ayu";

pub(crate) struct LooksSite {
    pub(crate) house: House,
    pub(crate) url: String,
    api: String,
    http: reqwest::Client,
    token: String,
}

/// Serves on a port of its own, and says which.
async fn serve(listener: TcpListener, service: Router) -> u16 {
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    port
}

impl LooksSite {
    pub(crate) async fn new() -> Self {
        let house = House::new().await;
        let bind = || TcpListener::bind("127.0.0.1:0");
        let (console, api) = (bind().await.unwrap(), bind().await.unwrap());
        let url = format!("http://localhost:{}", console.local_addr().unwrap().port());
        let site = Site {
            url: url.clone(),
            bot: "kabar_test_bot".to_owned(),
        };
        serve(console, kabar_console::service(house.app.clone(), site)).await;
        let api = serve(api, kabar_api::service(house.app.clone(), Vec::new())).await;
        let mut site = Self {
            house,
            url,
            api: format!("http://127.0.0.1:{api}"),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            token: String::new(),
        };
        site.add_superuser().await;
        site.enter(SUPERUSER).await;
        site.furnish().await;
        site
    }

    async fn add_superuser(&self) {
        let (app, world) = (&self.house.app, &*self.house.world);
        let person = Person {
            name: SUPERUSER,
            language: Language::En,
            zone: JAKARTA,
        };
        let user = User {
            id: UserId::new(world),
            profile: person.profile(),
            is_superuser: true,
            groups: Vec::new(),
            date_joined: world.now(),
            version: 1,
        };
        let hash = app.passwords.hash(world, PASSWORD.as_bytes()).unwrap();
        app.people.add_user(&user, &hash).await.unwrap().unwrap();
    }

    /// From now on asks the API as somebody.
    async fn enter(&mut self, name: &str) {
        let pair = self.post("/api/login", json!({ "username": name, "password": PASSWORD }));
        pair.await["access"].as_str().unwrap().clone_into(&mut self.token);
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.ask(reqwest::Method::POST, path, body).await
    }

    async fn ask(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.api))
            .json(&body);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Makes something; gives its id.
    async fn make(&self, path: &str, body: Value) -> String {
        let made = self.post(path, body).await;
        made["id"]
            .as_str()
            .map_or_else(|| made["id"].to_string(), str::to_owned)
    }

    /// Something of every kind, with names as long as people have them.
    async fn furnish(&mut self) {
        for (name, group) in [(ORGANIZER, Some("organizer")), (PERSON, None)] {
            let new = json!({ "username": name, "email": format!("{name}@example.com"), "password": PASSWORD,
                "first_name": "Ayu Kartika", "last_name": "Wulandari", "time_zone": JAKARTA, "language": "en" });
            let user = self.make("/api/users", new).await;
            if let Some(name) = group {
                let group = self.post("/api/groups", json!({ "name": name })).await;
                let role = json!({ "user_id": user, "group_id": group["id"] });
                self.post("/api/assign-roles", role).await;
            }
        }
        let region = self.lights().await;
        self.sales(&region).await;
        self.mailings().await;
        self.troubles().await;
    }

    /// Regions with a past, a present and plans; homes with and without devices.
    async fn lights(&self) -> String {
        let region = |name: &str| json!({ "name": name, "time_zone": JAKARTA });
        let dark = self.make("/api/regions", region("Kabupaten Bandung Barat")).await;
        let lit = self.make("/api/regions", region("Cimahi")).await;
        self.make("/api/regions", region("Sumedang Utara")).await;
        self.post(&format!("/api/regions/{dark}/followers"), json!({}))
            .await;
        let mut homes = Vec::new();
        for name in [
            "Rumah Dago",
            "Kos Cihampelas",
            "Toko",
            "Rumah Ibu di Lembang",
            "Gudang",
        ] {
            homes.push(
                self.make("/api/homes", json!({ "name": name, "region": dark }))
                    .await,
            );
        }
        for home in &homes {
            let device =
                json!({ "kind": "heartbeat", "name": "Router di ruang tamu", "period_s": 60, "grace_s": 60 });
            self.post(&format!("/api/homes/{home}/detectors"), device).await;
        }
        let manual = json!({ "kind": "manual", "name": "By hand" });
        self.post(&format!("/api/homes/{}/detectors", homes[4]), manual)
            .await;
        self.say(&lit, "on").await;
        for (word, minutes) in [("on", 20), ("off", 70), ("on", 40), ("off", 20)] {
            self.say(&dark, word).await;
            self.say_at_home(&homes[4], word).await;
            self.house.check().await;
            self.house.drain().await;
            self.house.world.pass_seconds(minutes * 60);
        }
        let now = self.house.world.now();
        let later = |hours| now + jiff::SignedDuration::from_hours(hours);
        let plan = json!({ "valid_until": later(24 * 7), "cuts": [
            { "uid": "a", "start": later(24), "end": later(27), "reason": "New transformer at Jalan Setiabudi" },
            { "uid": "b", "start": later(48), "end": later(51), "cancelled": true },
        ]});
        let path = format!("/api/regions/{dark}/planned-cuts");
        self.ask(reqwest::Method::PUT, &path, plan).await;
        self.house.check().await;
        self.house.drain().await;
        dark
    }

    async fn say(&self, region: &str, status: &str) {
        let path = format!("/api/regions/{region}/status");
        self.ask(reqwest::Method::PUT, &path, json!({ "status": status }))
            .await;
    }

    async fn say_at_home(&self, home: &str, status: &str) {
        let path = format!("/api/homes/{home}/status");
        self.ask(reqwest::Method::PUT, &path, json!({ "status": status }))
            .await;
    }

    /// An event that is nearly sold out, of the organizer, with a picture; and one of somebody else.
    async fn sales(&mut self, region: &str) {
        self.enter(ORGANIZER).await;
        let now = self.house.world.now();
        let later = |hours| now + jiff::SignedDuration::from_hours(hours);
        let event = |name: &str, hours| {
            json!({ "name": name, "description": "Three bands, one night.\nBring a friend.", "location": "Gedung Merdeka, Jalan Asia Afrika 65",
                "category": "music", "start_time": later(hours), "end_time": later(hours + 4), "quota": 3, "region": region })
        };
        self.make("/api/events", event("Opera", 200)).await;
        let event = self
            .make(
                "/api/events",
                event("Jazz di Bandung: malam tiga band di Gedung Merdeka", 48),
            )
            .await;
        let ticket = |name: &str, quota: u32, from: i64| {
            json!({ "event_id": event, "name": name, "price": "150000.00", "quota": quota, "sales_start": later(from),
                "sales_end": later(47) })
        };
        self.make("/api/tickets", ticket("On the day", 10, 30)).await;
        self.make("/api/tickets", ticket("Balcony", 10, -24)).await;
        let ticket = self.make("/api/tickets", ticket("Regular", 10, -24)).await;
        let form = reqwest::multipart::Form::new().text("event", event.clone());
        let picture = reqwest::multipart::Part::bytes(kabar_testkit::pictures::PNG).file_name("poster.png");
        let upload = self
            .http
            .post(format!("{}/api/events/upload", self.api))
            .bearer_auth(&self.token);
        let uploaded = upload
            .multipart(form.part("image", picture))
            .send()
            .await
            .unwrap();
        assert_eq!(uploaded.status(), 201);
        for name in [PERSON, SUPERUSER] {
            self.enter(name).await;
            let registration = self
                .make("/api/registrations", json!({ "ticket_id": ticket }))
                .await;
            let payment = json!({ "registration_id": registration, "payment_method": "QRIS",
                "payment_status": "pending", "amount_paid": "150000.00" });
            self.make("/api/payments", payment).await;
        }
        self.house.drain().await;
    }

    /// A mailing to come and one half-way, for where it is night nobody is told.
    async fn mailings(&self) {
        let now = self.house.world.now();
        let later = |hours| now + jiff::SignedDuration::from_hours(hours);
        for (number, zone) in [
            JAKARTA,
            JAKARTA,
            "Europe/Berlin",
            "Pacific/Honolulu",
            "Pacific/Honolulu",
        ]
        .into_iter()
        .enumerate()
        {
            let client = json!({ "phone": format!("7916000000{number}"), "time_zone": zone, "first_name": "Bambang",
                "email": format!("client{number}@example.com"), "tag": if number % 2 == 0 { "regular reader" } else { "" } });
            self.make("/api/clients", client).await;
        }
        let mailing = |subject: &str, start: i64| {
            json!({ "channel": "email", "subject": subject, "text": "Dear {{first_name|friend}}, we are open on Sunday.",
                "start_time": later(start), "end_time": later(start + 6), "filter": {},
                "local_window": { "from": "08:00", "to": "22:00" } })
        };
        self.make(
            "/api/mailings",
            mailing("Buka pada hari Minggu depan, dari pagi sampai malam", 72),
        )
        .await;
        self.make("/api/mailings", mailing("Open on Sunday", -1)).await;
        self.house.drain().await;
    }

    /// What does not go on by itself.
    async fn troubles(&self) {
        let region = self.house.region("Purwakarta").await;
        let wati = Person {
            name: "wati",
            language: Language::Id,
            zone: JAKARTA,
        };
        self.house.follower(region.id, wati).await;
        self.house.say(region.id, Word::Off).await;
        self.house.check().await;
        let plan = self.house.queues.take().unwrap();
        self.house.deliver(&plan).await;
        let page = self.house.queues.take().unwrap();
        self.house.queues.bury(&page);
        self.house.queues.lose_all();
        self.house.queues.park_run("{}", &[]);
        self.house.world.pass_seconds(1_200);
        let now = self.house.world.now();
        let back = Reputation {
            answered: 1_200,
            bounced: 90,
            complained: 1,
        };
        self.house.notices().count_answers(&back, now).await.unwrap();
        let brake = Brake {
            reason: BrakeReason::Bounces,
            since: now,
        };
        assert!(self.house.notices().set_brake(&brake).await.unwrap());
        let chat = json!({ "chat_id": 4242, "title": "RT 05 Dago", "language": "id", "time_zone": JAKARTA });
        self.post("/api/telegram/subscribers", chat).await;
        let silenced = json!({ "email": "someone.with.a.long.name@example.com", "topic": "mailings" });
        self.post("/api/suppressions", silenced).await;
    }
}
