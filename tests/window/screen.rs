//! A screen of our own (Xvfb), a driver, and the real window on a fresh sample workspace. Everything ends when this is dropped.
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

pub struct Screen {
    xvfb: Child,
    driver: Child,
    pub client: Client,
    pub pictures: PathBuf,
    /// Holds the sample; removed at the end.
    workspace: Option<tempfile::TempDir>,
}

impl Screen {
    /// Opens the window; a start that hangs is tried once more, and said so.
    pub async fn open() -> Self {
        Self::open_on(sample()).await
    }

    /// Opens the window on a folder with a workspace `sample` in it.
    pub async fn open_on(workspace: tempfile::TempDir) -> Self {
        let (xvfb, display) = xvfb();
        let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("DISPLAY", &display)
            .env("TENJICHO_WORKSPACE", workspace.path().join("sample"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is missing: `cargo xtask setup` installs it");
        let address = format!("http://127.0.0.1:{port}");
        let mut client = None;
        for attempt in 1..=2 {
            match tokio::time::timeout(Duration::from_secs(60), connect(&address)).await {
                Ok(found) => {
                    client = Some(found);
                    break;
                }
                Err(_) => println!("the window did not open within 60 s (attempt {attempt})"),
            }
        }
        let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("test-output").join("window");
        std::fs::create_dir_all(&pictures).expect("test-output/window");
        Self { xvfb, driver, client: client.expect("the window opens"), pictures, workspace: Some(workspace) }
    }

    /// The folder that holds the workspace `sample`.
    pub fn folder(&self) -> &Path {
        self.workspace.as_ref().expect("the window is open").path()
    }

    /// Closes the window and gives its folder back.
    pub async fn close(mut self) -> tempfile::TempDir {
        self.client.clone().close().await.expect("the window closes");
        self.workspace.take().expect("the window is open")
    }

    /// Waits until the page is still, then keeps a picture as `name`.png.
    pub async fn picture(&self, name: &str) {
        self.settle().await;
        let png = self.client.screenshot().await.expect("a screenshot");
        assert!(png.len() > 10_000, "{name}: the picture is empty");
        std::fs::write(self.pictures.join(format!("{name}.png")), png).expect("a picture is kept");
    }

    /// Two animation frames and a moment for answers under way.
    pub async fn settle(&self) {
        tokio::time::sleep(Duration::from_millis(350)).await;
        let frames = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        self.client.execute_async(frames, vec![]).await.expect("two frames");
    }

    /// What the script returns.
    pub async fn ask(&self, script: &str) -> serde_json::Value {
        self.client.execute(script, vec![]).await.expect("a script")
    }

    /// The dialogs of the system cannot be driven; from now on they answer with this (a path, or null for やめる) without being shown.
    pub async fn answer_dialogs(&self, answer: &serde_json::Value) {
        let script = "const real = window.realFetch ?? (window.realFetch = window.fetch); window.dialogAnswer = arguments[0];
            window.fetch = (url, init) => String(url).includes('plugin%3Adialog%7C') ? Promise.resolve(new Response(JSON.stringify(window.dialogAnswer), { headers: { 'Content-Type': 'application/json', 'Tauri-Response': 'ok' } })) : real(url, init);";
        self.client.execute(script, vec![answer.clone()]).await.expect("a script");
    }

    /// Polls a script until it returns true.
    pub async fn until(&self, what: &str, script: &str) {
        for _ in 0..150 {
            if self.ask(script).await == json!(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.picture("failed").await;
        panic!("never happened: {what}");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.xvfb.kill();
        let _ = self.driver.wait();
        let _ = self.xvfb.wait();
    }
}

async fn connect(address: &str) -> Client {
    let mut wanted = Capabilities::new();
    wanted.insert("webkitgtk:browserOptions".into(), json!({ "binary": env!("CARGO_BIN_EXE_tenjicho"), "args": [] }));
    loop {
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        match ClientBuilder::new(connector).capabilities(wanted.clone()).connect(address).await {
            Ok(client) => return client,
            Err(why) => println!("driver: {why}"),
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Starts Xvfb on the first free display.
fn xvfb() -> (Child, String) {
    let mut xvfb = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is missing: `cargo xtask setup` installs it");
    let mut number = String::new();
    BufReader::new(xvfb.stdout.as_mut().expect("a pipe")).read_line(&mut number).expect("a display number");
    (xvfb, format!(":{}", number.trim()))
}

/// The sample workspace, made once by the terminal next to the window's program; each window gets a copy of its own.
fn sample() -> tempfile::TempDir {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window-sample");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).expect("the sample of the last run goes");
        }
        tenji(&["sample", &folder.display().to_string()]);
        folder
    });
    let dir = tempfile::tempdir().expect("a folder");
    copy(made, &dir.path().join("sample"));
    dir
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the sample").flatten() {
        let (path, there) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &there);
        } else {
            std::fs::copy(&path, &there).expect("a file of the sample");
        }
    }
}

/// The terminal, built beside the window's program; answers what it wrote.
pub fn tenji(args: &[&str]) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_tenjicho")).with_file_name(format!("tenji{}", std::env::consts::EXE_SUFFIX));
    let done = Command::new(program).args(args).output().expect("tenji is built by `cargo build --workspace`");
    assert!(done.status.success(), "tenji {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}
