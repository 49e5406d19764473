//! Guides
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop at once")]
use sekretesskoll::trees::{Files, Trees};
fn files() -> Files {
    let mut files = Files::new();
    for (dir, prefix) in [("decision-trees/guides", "guides/"), ("decision-trees/guides/cases", "guides/cases/")] {
        for entry in std::fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "toml") {
                files.insert(format!("{prefix}{}", path.file_name().unwrap().to_string_lossy()), std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}
#[test]
fn load() {
    match Trees::built_in().unwrap().with_guides(&files()) {
        Ok(trees) => println!("{:?}", trees.guides.all().iter().map(|g| g.name().to_owned()).collect::<Vec<_>>()),
        Err(findings) => { for f in &findings { println!("{}", f.line(sekretesskoll::language::Lang::Sv)); } panic!() }
    }
}

#[test]
fn cases() {
    let trees = Trees::built_in().unwrap().with_guides(&files()).unwrap();
    let (count, findings) = sekretesskoll::guide::case::check(&trees, &files());
    for f in &findings { println!("{}", f.line(sekretesskoll::language::Lang::Sv)); }
    println!("{count}");
    assert!(findings.is_empty());
}

#[test]
fn proof() {
    let trees = Trees::built_in().unwrap().with_guides(&files()).unwrap();
    let invariants = match sekretesskoll::prove::Invariants::of_guides(&files(), &trees) {
        Ok(i) => i,
        Err(findings) => { for f in &findings { println!("{}", f.line(sekretesskoll::language::Lang::Sv)); } panic!() }
    };
    let proof = sekretesskoll::prove::prove_guides(&trees, &invariants);
    println!("{proof:#?}");
    assert!(proof.holds());
}
