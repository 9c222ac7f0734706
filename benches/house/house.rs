//! The real server over a database of its own, in this process.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
};

use actix_web::{HttpResponse, dev::ServerHandle, get, rt::System};
use etabli::{
    app::App,
    background::{Background, JOBS, Job},
    config::{Config, Switch},
    kernel::{Result, clock::HandClock},
    people::{Hasher, Password},
    routes, server,
    store::{self, DatabaseUrl, Db, Store},
    web,
};
use serde_json::json;
use tempfile::TempDir;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    lab::{self, Lab},
    wire::Wire,
};

/// A server that answers.
pub struct House {
    pub address: SocketAddr,
    pub store: Store,
    /// Its data folder.
    pub folder: PathBuf,
    stop: Option<(ServerHandle, thread::JoinHandle<()>)>,
}

/// Settings as a lab has them, but no limits: one address asks everything.
pub fn config(folder: &Path) -> Config {
    let mut config = Config::usual().unwrap();
    config.rate_limits = Switch::Off;
    config.data_dir = folder.to_path_buf();
    config.mail_from = "lab@example.org".into();
    config
}

/// A folder on the disk that the program is built on: `/tmp` may be memory.
pub fn folder() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

/// What every member's password is kept as, at today's cost.
pub fn password_hash() -> String {
    let hasher = Hasher::new(Config::usual().unwrap().passwords).unwrap();
    hasher.hash_here(&Password::new(lab::PASSWORD)).unwrap()
}

/// A migrated SQLite file with a lab in it, everything in one file.
pub fn filled(folder: &Path) -> (PathBuf, Lab) {
    let file = folder.join("template.db");
    let lab = fill(&DatabaseUrl::Sqlite(file.clone()));
    (file, lab)
}

/// Makes the tables and fills them.
pub fn fill(url: &DatabaseUrl) -> Lab {
    store::migrate(&mut Db::open(url).unwrap()).unwrap();
    let hash = password_hash();
    let store = Store::open(url, &config(Path::new(".")).store_options()).unwrap();
    let filling = store.write(move |db| Ok(lab::fill(db, &hash)));
    let lab = System::new().block_on(filling).unwrap();
    store.close();
    lab
}

/// The same database again.
pub fn copy(file: &Path, name: &str) -> PathBuf {
    let to = file.with_file_name(name);
    fs::copy(file, &to).unwrap();
    to
}

impl House {
    pub fn open(url: &DatabaseUrl, folder: &Path) -> Self {
        Self::opened(url, config(folder), &[])
    }

    pub fn sqlite(file: &Path) -> Self {
        Self::open(&DatabaseUrl::Sqlite(file.to_path_buf()), file.parent().unwrap())
    }

    /// With everything that happens without being asked: letters leave, leases end.
    pub fn at_work(file: &Path) -> Self {
        let folder = file.parent().unwrap();
        let mut config = config(folder);
        config.mail_url = format!("file://{}", folder.join("mail").display()).into();
        Self::opened(&DatabaseUrl::Sqlite(file.to_path_buf()), config, JOBS)
    }

    fn opened(url: &DatabaseUrl, config: Config, jobs: &'static [Job]) -> Self {
        let folder = config.data_dir.clone();
        let store = Store::open(url, &config.store_options()).unwrap();
        let clock = HandClock::at(lab::MORNING.parse().unwrap());
        let app = App::new(store.clone(), Arc::new(clock), config).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (born, handle) = mpsc::channel();
        let thread = thread::spawn(move || {
            System::new().block_on(async move {
                let background = (!jobs.is_empty()).then(|| Background::start(&app, jobs));
                let server = server::build_with(app, listener, rooms).unwrap();
                born.send(server.handle()).unwrap();
                server.await.unwrap();
                if let Some(background) = background {
                    background.stop().await;
                }
            });
        });
        Self { address, store, folder, stop: Some((handle.recv().unwrap(), thread)) }
    }

    /// Writes, and waits for it.
    pub fn write<T: Send + 'static>(&self, work: impl Fn(&mut Db) -> Result<T> + Send + 'static) -> T {
        System::new().block_on(self.store.write(work)).unwrap()
    }

    pub fn client(&self) -> Wire {
        Wire::open(self.address)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.stop.take() {
            // The command is sent at once; the future only waits for its end.
            drop(handle.stop(false));
            let _ = thread.join();
        }
        self.store.close();
    }
}

fn rooms(config: &mut ServiceConfig<'_>) {
    routes::rooms(config);
    config.service(hello);
}

/// The floor of every answer: the same layers around next to nothing.
#[utoipa::path]
#[get("/hello")]
async fn hello() -> Result<HttpResponse> {
    web::ok(&json!({ "hello": "world" }))
}
