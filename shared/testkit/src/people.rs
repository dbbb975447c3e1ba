use futures_util::{StreamExt, stream};
use kabar_app::{
    App,
    power::{NewFollowing, NewRegion},
};
use kabar_domain::{
    Language, World, Zone,
    ids::{RegionId, SessionId, UserId},
    people::{Caller, Email, Profile, Role, User, Username},
    power::{Channel, Following, Region, Word},
};
use kabar_store::power::Followed;

use crate::House;

/// Western Indonesia.
pub const JAKARTA: &str = "Asia/Jakarta";
/// Somewhere else.
pub const BERLIN: &str = "Europe/Berlin";
/// Zones enough to spread a few people over many pages.
const ZONES: [&str; 24] = [
    JAKARTA,
    BERLIN,
    "Asia/Makassar",
    "Asia/Jayapura",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Dubai",
    "Asia/Singapore",
    "Asia/Manila",
    "Australia/Sydney",
    "Australia/Perth",
    "Pacific/Auckland",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Kyiv",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
];
/// What a test logs in with.
pub const PASSWORD: &str = "correct horse";

/// A made-up person of a test.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// Their first name; in lower case their username, and the first part of their address at example.com.
    pub name: &'a str,
    /// What they read.
    pub language: Language,
    /// Where their clock stands.
    pub zone: &'a str,
}

impl Person<'_> {
    /// What they say of themselves.
    #[must_use]
    pub fn profile(&self) -> Profile {
        let name = self.name.to_lowercase();
        Profile {
            username: Username::parse(&name).expect("a username"),
            email: Email::parse(&format!("{name}@example.com")).expect("an address"),
            first_name: self.name.to_owned(),
            last_name: String::new(),
            zone: Zone::parse(self.zone).expect("a zone"),
            language: self.language,
        }
    }
}

impl House {
    /// Adds a person; without a password, for hashing one takes longer than most tests.
    pub async fn user(&self, person: Person<'_>) -> User {
        let user = User {
            id: UserId::new(&*self.world),
            profile: person.profile(),
            is_superuser: false,
            groups: Vec::new(),
            date_joined: self.world.now(),
            version: 1,
        };
        self.app
            .people
            .add_user(&user, "no password")
            .await
            .expect("the table answers")
            .expect("a new user");
        user
    }

    /// A caller with these roles, who needs no account.
    #[must_use]
    pub fn caller(&self, roles: &[Role]) -> Caller {
        let (user, session) = (UserId::new(&*self.world), SessionId::new(&*self.world));
        Caller {
            user,
            session,
            roles: roles.to_vec(),
        }
    }

    /// Adds a region whose clocks stand in Jakarta.
    pub async fn region(&self, name: &str) -> Region {
        let zone = Zone::parse(JAKARTA).expect("a zone");
        let new = NewRegion {
            name: name.to_owned(),
            zone,
            parent: None,
        };
        self.app.add_region(new).await.expect("a new region")
    }

    /// Adds a person who follows a region.
    pub async fn follower(&self, region: RegionId, person: Person<'_>) -> User {
        let user = self.user(person).await;
        let caller = Caller {
            user: user.id,
            session: SessionId::new(&*self.world),
            roles: Vec::new(),
        };
        let new = NewFollowing {
            user: None,
            channels: vec![Channel::Email],
        };
        self.app
            .follow(&caller, region, new)
            .await
            .expect("a new follower");
        user
    }

    /// Adds many followers of a region who read English in Jakarta.
    pub async fn crowd(&self, region: RegionId, people: usize) -> Vec<UserId> {
        self.crowd_of(region, people, Language::En, JAKARTA).await
    }

    /// Adds many followers of a region with one language and zone.
    pub async fn crowd_of(
        &self,
        region: RegionId,
        people: usize,
        language: Language,
        zone: &str,
    ) -> Vec<UserId> {
        let one = async |_| {
            // A name that nobody has.
            let name = UserId::new(&*self.world).to_string();
            let name = name.as_str();
            let person = self.user(Person { name, language, zone }).await;
            self.follows(region, &person).await;
            person.id
        };
        stream::iter(0..people).map(one).buffered(32).collect().await
    }

    /// Has a person follow a region, without asking whether they may.
    pub async fn follows(&self, region: RegionId, person: &User) {
        let following = Following {
            region,
            user: person.id,
            channels: vec![Channel::Email],
            since: self.world.now(),
        };
        let App { grid, people, .. } = &self.app;
        let followed = grid.follow(&following, person, people).await;
        assert_eq!(
            followed.expect("the table answers"),
            Followed::Now,
            "a new follower"
        );
    }

    /// Adds followers of a region who fill `pages` pages, up to 48, with so few people on each.
    pub async fn crowd_on_pages(&self, region: RegionId, pages: usize, people_each: usize) -> Vec<UserId> {
        let groups = Language::ALL
            .into_iter()
            .flat_map(|language| ZONES.map(|zone| (language, zone)));
        let mut users = Vec::new();
        for (language, zone) in groups.take(pages) {
            users.extend(self.crowd_of(region, people_each, language, zone).await);
        }
        assert_eq!(users.len(), pages * people_each, "there are zones enough");
        users
    }

    /// The code for a new password that arrived last at an address.
    #[must_use]
    pub fn code_for(&self, address: &str) -> Option<String> {
        let mails = self.ses.mails();
        let mut to_them = mails.iter().rev().filter(|mail| mail.to == address);
        to_them.find_map(|mail| mail.code().map(str::to_owned))
    }

    /// The operator's word on a region.
    pub async fn say(&self, region: RegionId, word: Word) {
        self.app
            .say(region, kabar_app::Expected::Any, word)
            .await
            .expect("a word that is taken");
    }
}
