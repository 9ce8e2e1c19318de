//! Makes a bare machine (Rust and Node only) ready: system packages on Debian and Ubuntu, interface packages, fonts, outside readers.
use crate::shell::{Done, npm, python, root, run, target, works};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the window links against, and what the tests look at PDFs and windows with.
const DEBIAN: &[&str] = &[
    "build-essential", "pkg-config", "file", "curl", "wget", "libssl-dev", "libwebkit2gtk-4.1-dev", "librsvg2-dev",
    "libayatana-appindicator3-dev", "libxdo-dev", "lld", "xvfb", "xauth", "webkit2gtk-driver", "qpdf", "poppler-utils",
    "python3-venv", "dbus-x11", "mupdf-tools", "zbar-tools",
];

/// Read PDFs as a printing firm would; the versions are part of the test.
const READERS: &[&str] = &["pikepdf==10.17.0"];

pub fn all() -> Done {
    toolchains()?;
    system()?;
    interface()?;
    fonts()
}

/// pdfcpu, which runs in Node: only tests ask for it.
pub fn strict_reader() -> Done {
    packages(&root().join("tests").join("press").join("pdfcpu"))
}

fn toolchains() -> Done {
    if !works(if cfg!(windows) { "npm.cmd" } else { "npm" }, &["--version"]) {
        return Err("Node.js 20 or newer is needed (node, npm). Install it and try again.".into());
    }
    Ok(())
}

/// Debian and Ubuntu install by themselves; elsewhere the system brings its web view along.
fn system() -> Done {
    if cfg!(target_os = "macos") {
        if works("xcode-select", &["-p"]) {
            return Ok(());
        }
        return Err("Apple's command line tools are needed: run `xcode-select --install`, then try again.".into());
    }
    if cfg!(windows) {
        println!("Windows: WebView2 and the MSVC build tools are expected (both come with Windows 11 and the Rust installer).");
        return Ok(());
    }
    if !works("dpkg", &["--version"]) {
        println!("Not Debian or Ubuntu: install WebKitGTK 4.1, librsvg, xdo, OpenSSL and appindicator development files yourself.");
        return Ok(());
    }
    let missing: Vec<&str> = DEBIAN.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let root_user = works("sh", &["-c", "test $(id -u) = 0"]);
    if !root_user && !works("sudo", &["-n", "true"]) {
        return Err(format!("These packages are missing: {}.\nRun: sudo apt-get install {}", missing.join(" "), missing.join(" ")));
    }
    let apt = |args: &[&str]| {
        let mut command = if root_user { Command::new("apt-get") } else { Command::new("sudo") };
        if !root_user {
            command.arg("apt-get");
        }
        run(command.env("DEBIAN_FRONTEND", "noninteractive").args(args))
    };
    apt(&["update", "-q"])?;
    let mut args = vec!["install", "-y", "-q"];
    args.extend(missing);
    apt(&args)
}

fn installed(package: &str) -> bool {
    works("sh", &["-c", &format!("dpkg-query -W -f='${{Status}}' {package} 2>/dev/null | grep -q 'install ok installed'")])
}

pub fn interface() -> Done {
    packages(&root().join("ui"))
}

/// `npm ci` in a folder when its lock has changed since the last time.
fn packages(folder: &Path) -> Done {
    let file = folder.join("package-lock.json");
    let lock = fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let stamp = folder.join("node_modules").join(".tenjicho-lock");
    if fs::read(&stamp).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    run(npm().current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// Copies the faces and their licences from the interface's packages to assets/fonts.
pub fn fonts() -> Done {
    let from = root().join("ui").join("node_modules").join("@expo-google-fonts");
    let to = root().join("assets").join("fonts");
    fs::create_dir_all(&to).map_err(|e| format!("{}: {e}", to.display()))?;
    let faces: &[(&str, &[&str])] = &[
        ("biz-udgothic", &["400Regular/BIZUDGothic_400Regular.ttf", "700Bold/BIZUDGothic_700Bold.ttf"]),
        ("biz-udpgothic", &["400Regular/BIZUDPGothic_400Regular.ttf", "700Bold/BIZUDPGothic_700Bold.ttf"]),
        ("biz-udmincho", &["400Regular/BIZUDMincho_400Regular.ttf", "700Bold/BIZUDMincho_700Bold.ttf"]),
        ("biz-udpmincho", &["400Regular/BIZUDPMincho_400Regular.ttf", "700Bold/BIZUDPMincho_700Bold.ttf"]),
        (
            "noto-sans-jp",
            &["400Regular/NotoSansJP_400Regular.ttf", "500Medium/NotoSansJP_500Medium.ttf", "700Bold/NotoSansJP_700Bold.ttf", "900Black/NotoSansJP_900Black.ttf"],
        ),
    ];
    for (package, files) in faces {
        for file in *files {
            let name = Path::new(file).file_name().expect("a file path");
            copy(&from.join(package).join(file), &to.join(name))?;
        }
        copy(&from.join(package).join("LICENSE_FONT"), &to.join(format!("LICENSE-{package}.txt")))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Done {
    let length = fs::metadata(from).map_err(|e| format!("{}: {e}. Run `cargo xtask setup` again.", from.display()))?.len();
    if fs::metadata(to).is_ok_and(|old| old.len() == length) {
        return Ok(());
    }
    fs::copy(from, to).map(|_| ()).map_err(|e| format!("{} → {}: {e}", from.display(), to.display()))
}

/// A Python of our own under target/ with the outside readers (and, for the bench, the peer).
pub fn readers(more: &[&str]) -> Done {
    let tools = target().join("tools");
    if !python().exists() {
        let system = if cfg!(windows) { "python" } else { "python3" };
        run(Command::new(system).args(["-m", "venv"]).arg(&tools))?;
    }
    let wanted: Vec<&str> = READERS.iter().chain(more).copied().collect();
    let stamp = tools.join(".tenjicho-readers");
    let there = fs::read_to_string(&stamp).unwrap_or_default();
    if wanted.iter().all(|w| there.split(' ').any(|t| t == *w)) {
        return Ok(());
    }
    run(Command::new(python()).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(&wanted))?;
    // What was there stays, but for another version of the same.
    let name = |w: &str| w.split("==").next().unwrap_or_default().to_owned();
    let others = there.split(' ').filter(|t| !t.is_empty() && wanted.iter().all(|w| name(w) != name(t)));
    let line = others.chain(wanted.iter().copied()).collect::<Vec<_>>().join(" ");
    fs::write(&stamp, line).map_err(|e| format!("{}: {e}", stamp.display()))
}
