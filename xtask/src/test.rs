//! `cargo xtask test`: sets up, then runs everything in one profile: interface, Rust, the real window.
use crate::setup;
use crate::shell::{Done, cargo, npm, python, run};

pub fn test(args: &[String]) -> Done {
    setup::all()?;
    setup::readers(&[])?;
    run(npm().args(["run", "check"]))?;
    run(npm().args(["run", "test"]))?;
    run(npm().args(["run", "build"]))?;
    // One profile and one set of features for all that follows, so that nothing is built twice.
    run(cargo().args(["build", "--workspace", "--features", "custom-protocol"]))?;
    let mut all = cargo();
    all.args(["test", "--workspace", "--features", "custom-protocol"]).args(args).env("TENJICHO_PYTHON", python());
    run(&mut all)
}
