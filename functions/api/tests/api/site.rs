//! A site to call: the service over a house of the testkit.

use std::sync::OnceLock;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use kabar_app::App;
use kabar_domain::{
    Language, World,
    ids::UserId,
    people::{GroupName, User},
};
use kabar_testkit::{House, JAKARTA, PASSWORD, Person};
use serde_json::{Value, json};
use tower::ServiceExt;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Nobody,
    User,
    Organizer,
    Admin,
    Superuser,
}

impl Who {
    pub(crate) const ALL: [Self; 5] = [
        Self::Nobody,
        Self::User,
        Self::Organizer,
        Self::Admin,
        Self::Superuser,
    ];
}

pub(crate) struct Site {
    pub(crate) house: House,
    service: Router,
    pub(crate) people: Vec<(Who, UserId, String)>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// The fields that a problem names.
    pub(crate) fn bad_fields(&self) -> Vec<&str> {
        self.json["errors"]
            .as_object()
            .map(|errors| errors.keys().map(String::as_str).collect())
            .unwrap_or_default()
    }

    pub(crate) fn id(&self) -> String {
        self.json["id"].as_str().unwrap().to_owned()
    }
}

impl Site {
    /// A site where one person of each kind is logged in.
    pub(crate) async fn new() -> Self {
        Self::with(&Who::ALL).await
    }

    /// A site with one person of each kind, of whom these are logged in: that takes a while.
    pub(crate) async fn with(logged_in: &[Who]) -> Self {
        let house = House::new().await;
        let mut site = Self {
            service: served(house.app.clone()),
            house,
            people: Vec::new(),
        };
        let people = [
            (Who::User, "ulla"),
            (Who::Organizer, "oki"),
            (Who::Admin, "adi"),
            (Who::Superuser, "susi"),
        ];
        for (who, name) in people {
            let user = site.account(name, who == Who::Superuser).await;
            if let Some(group) = match who {
                Who::Organizer => Some("organizer"),
                Who::Admin => Some("admin"),
                _ => None,
            } {
                let group = site
                    .house
                    .app
                    .add_group(&GroupName::parse(group).unwrap())
                    .await
                    .unwrap();
                site.house.app.assign_role(user, group.id).await.unwrap();
            }
            let token = match logged_in.contains(&who) {
                true => site.house.app.log_in(name, PASSWORD, None).await.unwrap().access,
                false => String::new(),
            };
            site.people.push((who, user, token));
        }
        site
    }

    /// From now on, requests are served with this.
    pub(crate) fn serve(&mut self, app: App) {
        self.service = served(app);
    }

    async fn account(&self, name: &str, is_superuser: bool) -> UserId {
        static HASH: OnceLock<String> = OnceLock::new();
        let user = User {
            id: UserId::new(&*self.house.world),
            profile: Person {
                name,
                language: Language::En,
                zone: JAKARTA,
            }
            .profile(),
            is_superuser,
            groups: Vec::new(),
            date_joined: self.house.world.now(),
            version: 1,
        };
        let app = &self.house.app;
        let hash = HASH.get_or_init(|| {
            app.passwords
                .hash(&*self.house.world, PASSWORD.as_bytes())
                .unwrap()
        });
        app.people.add_user(&user, hash).await.unwrap().unwrap();
        user.id
    }

    pub(crate) fn id_of(&self, who: Who) -> UserId {
        self.people
            .iter()
            .find(|(w, ..)| *w == who)
            .map(|(_, id, _)| *id)
            .unwrap()
    }

    pub(crate) fn token(&self, who: Who) -> Option<&str> {
        self.people
            .iter()
            .find(|(w, ..)| *w == who)
            .map(|(.., token)| token.as_str())
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer {
            status: parts.status,
            headers: parts.headers,
            json,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// A request by somebody, with a JSON body unless it is null.
    pub(crate) fn request(&self, who: Who, method: &str, path: &str, body: &Value) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = self.token(who) {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if body.is_null() {
            return request.body(Body::empty()).unwrap();
        }
        request
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap()
    }

    pub(crate) async fn call(&self, who: Who, method: &str, path: &str, body: Value) -> Answer {
        self.send(self.request(who, method, path, &body)).await
    }

    /// The same with one more header.
    pub(crate) async fn call_with(
        &self,
        (who, method, path, body): (Who, &str, &str, Value),
        (name, value): (&'static str, &str),
    ) -> Answer {
        let mut request = self.request(who, method, path, &body);
        request.headers_mut().insert(name, value.parse().unwrap());
        self.send(request).await
    }

    pub(crate) async fn get(&self, who: Who, path: &str) -> Answer {
        self.call(who, "GET", path, Value::Null).await
    }

    /// A code for a new password, as it arrives at an address.
    pub(crate) async fn code(&self, address: &str) -> String {
        let asked = self
            .call(
                Who::Nobody,
                "POST",
                "/api/password/forgot",
                json!({ "email": address }),
            )
            .await;
        assert_eq!(asked.status, 202);
        self.house.drain().await;
        self.house.code_for(address).unwrap()
    }

    /// A new region's id.
    pub(crate) async fn region(&self) -> String {
        let body = json!({ "name": "Bandung", "time_zone": "Asia/Jakarta" });
        self.call(Who::Superuser, "POST", "/api/regions", body).await.id()
    }
}

fn served(app: App) -> Router {
    kabar_api::service(app, vec!["https://app.example.com".parse().unwrap()])
}

/// The same JSON with its ids numbered in the order of their appearance, for snapshots.
pub(crate) fn numbered(mut json: Value) -> Value {
    number(&mut json, &mut Vec::new());
    json
}

fn number(json: &mut Value, seen: &mut Vec<String>) {
    match json {
        Value::String(text) if UserId::parse(text).is_some() => {
            let n = seen.iter().position(|id| id == text).unwrap_or_else(|| {
                seen.push(text.clone());
                seen.len() - 1
            });
            *text = format!("id {}", n + 1);
        }
        Value::Array(list) => list.iter_mut().for_each(|value| number(value, seen)),
        Value::Object(map) => map.values_mut().for_each(|value| number(value, seen)),
        _ => {}
    }
}
