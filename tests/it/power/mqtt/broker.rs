//! Debian's mosquitto, on a port of its own; plugs come in by that one, the house perhaps by another, locked one.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;
use url::Url;

/// A broker that ends with the test.
pub struct Broker {
    pub port: u16,
    folder: TempDir,
    process: Option<Child>,
    door: Option<Door>,
    /// Where it is set up as the documentation says.
    documented: Option<String>,
}

/// An encrypted way in, for the house.
struct Door {
    port: u16,
    password: String,
}

/// The name beside the password.
const USER: &str = "établi";

impl Broker {
    /// A port nobody listens on yet.
    pub fn down() -> Self {
        Self {
            port: free_port(),
            folder: tempfile::tempdir().unwrap(),
            process: None,
            door: None,
            documented: None,
        }
    }

    pub fn up() -> Self {
        let mut broker = Self::down();
        broker.start();
        broker
    }

    /// With a second way in, encrypted, for the house that knows the password.
    pub fn locked(password: &str) -> Self {
        let mut broker = Self::down();
        let folder = broker.folder.path();
        let (issuer, key) = (issuer(), KeyPair::generate().unwrap());
        let server = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        fs::write(folder.join("ca.pem"), issuer.pem()).unwrap();
        fs::write(folder.join("server.pem"), server.signed_by(&key, &issuer).unwrap().pem()).unwrap();
        fs::write(folder.join("server.key"), key.serialize_pem()).unwrap();
        let known = Command::new("mosquitto_passwd")
            .args(["-b", "-c"])
            .arg(folder.join("passwords"))
            .args([USER, password])
            .status();
        assert!(known.expect("mosquitto_passwd comes with mosquitto").success());
        broker.door = Some(Door { port: free_port(), password: password.to_owned() });
        broker.start();
        broker
    }

    /// The same, with a certificate that is signed with its own key, as `openssl req -x509` makes it.
    pub fn self_signed(password: &str) -> Self {
        let mut broker = Self::locked(password);
        broker.stop();
        let key = KeyPair::generate().unwrap();
        let mut server = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        server.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let shown = server.self_signed(&key).unwrap().pem();
        for file in ["server.pem", "ca.pem"] {
            fs::write(broker.folder.path().join(file), &shown).unwrap();
        }
        fs::write(broker.folder.path().join("server.key"), key.serialize_pem()).unwrap();
        broker.start();
        broker
    }

    /// As docs/PLUGS.md says, word for word but for the address and the folder; `users` have their name as password.
    pub fn documented(users: &[&str]) -> Self {
        let mut broker = Self::down();
        let folder = broker.folder.path().to_owned();
        let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/PLUGS.md")).unwrap();
        let block = |file: &str| {
            let (_, after) = docs.split_once(&format!("```\n# {file}")).unwrap();
            let (block, _) = after.split_once("```").unwrap();
            block.split_once('\n').unwrap().1.to_owned()
        };
        fs::write(folder.join("acl"), block("/etc/mosquitto/acl")).unwrap();
        fs::write(folder.join("passwords"), "").unwrap();
        for user in users {
            let mut known = Command::new("mosquitto_passwd");
            known.arg("-b").arg(folder.join("passwords")).args([user, user]);
            assert!(known.status().expect("mosquitto_passwd comes with mosquitto").success());
        }
        let settings = block("/etc/mosquitto/conf.d/lab.conf");
        let settings = settings.replace("/etc/mosquitto", folder.to_str().unwrap());
        let listener = settings.lines().find(|line| line.starts_with("listener ")).unwrap();
        let settings = settings.replace(listener, &format!("listener {} 127.0.0.1", broker.port));
        broker.documented = Some(format!("user root\n{settings}"));
        broker.start();
        broker
    }

    /// The house has another password than the broker.
    pub fn forget_password(&mut self, wrong: &str) {
        wrong.clone_into(&mut self.door.as_mut().unwrap().password);
    }

    /// The house believes another issuer of certificates than the broker's.
    pub fn believe_somebody_else(&mut self) {
        fs::write(self.folder.path().join("ca.pem"), issuer().pem()).unwrap();
    }

    fn settings(&self) -> String {
        if let Some(settings) = &self.documented {
            return settings.clone();
        }
        let open =
            format!("per_listener_settings true\nlistener {} 127.0.0.1\nallow_anonymous true\n", self.port);
        let Some(door) = &self.door else { return open };
        let folder = self.folder.path().display();
        format!(
            "user root\n{open}listener {} 127.0.0.1\nallow_anonymous false\npassword_file {folder}/passwords\n\
             certfile {folder}/server.pem\nkeyfile {folder}/server.key\n",
            door.port
        )
    }

    pub fn start(&mut self) {
        let file = self.folder.path().join("mosquitto.conf");
        fs::write(&file, self.settings()).unwrap();
        // Where Debian puts it is not on everybody's path.
        let child = ["mosquitto", "/usr/sbin/mosquitto"].iter().find_map(|program| {
            Command::new(program)
                .arg("-c")
                .arg(&file)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()
        });
        self.process = Some(child.expect("mosquitto is needed for these tests: apt-get install mosquitto"));
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            thread::sleep(Duration::from_millis(25));
        }
        panic!("mosquitto does not listen");
    }

    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// The way in for the house.
    pub fn url(&self) -> String {
        if self.documented.is_some() {
            return format!("mqtt://etabli:etabli@127.0.0.1:{}", self.port);
        }
        let Some(door) = &self.door else { return format!("mqtt://127.0.0.1:{}", self.port) };
        let mut url = Url::parse(&format!("mqtts://127.0.0.1:{}", door.port)).unwrap();
        url.set_username(USER).unwrap();
        url.set_password(Some(&door.password)).unwrap();
        url.query_pairs_mut().append_pair("ca", self.folder.path().join("ca.pem").to_str().unwrap());
        url.into()
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Somebody who vouches for servers.
fn issuer() -> CertifiedIssuer<'static, KeyPair> {
    let mut issuer = CertificateParams::new(Vec::new()).unwrap();
    issuer.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(issuer, KeyPair::generate().unwrap()).unwrap()
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.stop();
    }
}
