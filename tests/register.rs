//! The register: whatever is done to the folder is found, but what no register can find, and that is said.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use program::{Home, Run};
use sekretesskoll::register::{
    Document, Entry, FILE, Finding, Folder, Head, Kind, OnDisk, Register, What,
};
use sekretesskoll::seal;

// ---- the lines alone

fn document(number: usize) -> Document {
    Document {
        kind: Kind::Other,
        file: format!("{number}.txt"),
        sha256: seal::of_bytes(number.to_string().as_bytes()),
        digest: None,
    }
}

fn entries(count: usize) -> Vec<Entry> {
    let documents = (1..=count).map(document).collect();
    Register::default().next(documents, "2026-11-22T10:41+01:00")
}

fn text(entries: &[Entry]) -> String {
    entries.iter().map(Entry::line).collect()
}

fn folder(count: usize) -> Folder {
    let file = |number: usize| {
        let what = What::Bytes(document(number).sha256);
        (
            document(number).file,
            OnDisk {
                what,
                shared: false,
            },
        )
    };
    (1..=count).map(file).collect()
}

fn findings(entries: &[Entry]) -> Vec<Finding> {
    Register::read(text(entries).as_bytes()).findings
}

#[test]
fn lines_appended_in_turns_hold_and_are_bound() {
    let mut all = String::new();
    for number in 1..=5 {
        let register = Register::read(all.as_bytes());
        let next = register.next(vec![document(number)], "2026-11-22T10:41+01:00");
        all += &text(&next);
    }
    let register = Register::read(all.as_bytes());
    assert_eq!(register.check(&folder(5), None), []);
    assert_eq!(register.entries, entries(5));
    assert_eq!(register.entries[0].previous, None);
    assert_eq!(
        register.entries[4].previous.as_ref(),
        Some(&register.entries[3].digest)
    );
}

#[test]
fn removed_reordered_repeated_and_exchanged_lines_are_told_apart() {
    let all = entries(8);
    let without = |gone: &[usize]| {
        let kept = all.iter().enumerate().filter(|(at, _)| !gone.contains(at));
        kept.map(|(_, entry)| entry.clone()).collect::<Vec<_>>()
    };
    assert_eq!(findings(&without(&[0])), [Finding::Gone(1, 1, 1)]);
    assert_eq!(findings(&without(&[3, 4])), [Finding::Gone(4, 4, 5)]);
    let mut swapped = all.clone();
    swapped.swap(2, 3);
    assert_eq!(findings(&swapped), [Finding::Moved(4, 3)]);
    let mut repeated = all.clone();
    repeated.insert(6, all[1].clone());
    assert_eq!(findings(&repeated), [Finding::Repeated(7, 2)]);
    let mut edited = all.clone();
    edited[4].file = "annan.txt".to_owned();
    assert_eq!(
        findings(&edited),
        [Finding::Changed(5, "annan.txt".to_owned())]
    );
    // The editor computes the line anew: the next is no longer bound to it.
    let before = Register::read(text(&all[..4]).as_bytes());
    edited[4] = before
        .next(vec![document(99)], "2026-11-22T10:41+01:00")
        .remove(0);
    assert_eq!(findings(&edited), [Finding::Unbound(6)]);
    let mut again = all.clone();
    again.extend(Register::read(text(&all).as_bytes()).next(vec![document(2)], "x"));
    assert_eq!(findings(&again), [Finding::Again(9, "2.txt".to_owned())]);
}

#[test]
fn every_pair_of_lines_swapped_and_every_line_removed_is_found() {
    let all = entries(9);
    for one in 0..all.len() {
        let mut without = all.clone();
        without.remove(one);
        // Of the last line removed, nothing is left but the head that was kept.
        let last = one + 1 == all.len();
        assert_eq!(findings(&without).is_empty(), last, "without {one}");
        for other in one + 1..all.len() {
            let mut swapped = all.clone();
            swapped.swap(one, other);
            assert!(!findings(&swapped).is_empty(), "{one} {other}");
        }
    }
}

#[test]
fn cut_off_lines_are_seen_with_a_head_and_not_without() {
    let all = entries(10);
    let heads = [Head::read(&all[9].head()), Head::read(&all[9].on_paper())];
    for head in heads.map(Option::unwrap) {
        assert_eq!(head.number, Some(10));
        for kept in 0..10 {
            let register = Register::read(text(&all[..kept]).as_bytes());
            assert_eq!(register.check(&folder(kept), None), [], "without a head");
            let found = register.check(&folder(kept), Some(&head));
            assert_eq!(found, [Finding::CutOff(10, kept as u64)]);
        }
        let whole = Register::read(text(&all).as_bytes());
        assert_eq!(whole.check(&folder(10), Some(&head)), []);
    }
    // A head of an earlier line holds while lines are added, and finds a register that was written anew.
    let early = Head::read(&all[3].head());
    let whole = Register::read(text(&all).as_bytes());
    assert_eq!(whole.check(&folder(10), early.as_ref()), []);
    let mut documents: Vec<Document> = (1..=10).map(document).collect();
    documents[1] = document(11);
    let anew = Register::default().next(documents, "2026-11-22T10:41+01:00");
    let anew = Register::read(text(&anew).as_bytes());
    assert_eq!(anew.findings, []);
    let found = anew.check(&folder(11), early.as_ref());
    assert!(found.contains(&Finding::OtherHead(4)), "{found:?}");
    let bare = Head::read(&all[3].digest).unwrap();
    assert!(
        anew.check(&folder(11), Some(&bare))
            .contains(&Finding::NoHead)
    );
}

#[test]
fn a_head_is_read_as_it_was_printed_or_written_down() {
    let last = entries(3).remove(2);
    let digits = last.digest.strip_prefix("sha256:").unwrap();
    let whole = Head {
        number: Some(3),
        digits: digits.to_owned(),
    };
    let paper = Head {
        number: Some(3),
        digits: digits[..32].to_owned(),
    };
    let bare = Head {
        number: None,
        ..whole.clone()
    };
    assert_eq!(Head::read(&format!("{}\n", last.head())), Some(whole));
    assert_eq!(
        Head::read(&last.on_paper().to_uppercase()),
        Some(paper.clone())
    );
    assert_eq!(Head::read(&last.on_paper().replace(' ', "-")), Some(paper));
    assert_eq!(Head::read(&last.digest), Some(bare.clone()));
    assert_eq!(Head::read(digits), Some(bare));
    for wrong in [
        "",
        "3",
        "3:",
        "3: abc",
        &digits[..31],
        &format!("{digits}0"),
        "x: y",
        &format!("-3: {digits}"),
    ] {
        assert_eq!(Head::read(wrong), None, "{wrong}");
    }
}

#[test]
fn a_line_written_in_another_way_is_no_line() {
    let line = text(&entries(1));
    let ways = [
        line.replacen('{', "{ ", 1),
        line.replace("}\n", "}\r\n"),
        line.replacen("1.txt", "\\u0031.txt", 1),
        line.replacen("\"number\":1,", "", 1)
            .replacen('}', ",\"number\":1}", 1),
        format!("\u{feff}{line}"),
    ];
    for way in ways {
        let found = Register::read(way.as_bytes()).findings;
        assert_eq!(found, [Finding::Unreadable(1)], "{way}");
    }
}

#[test]
fn lines_made_by_others_never_panic() {
    let mut line = entries(1).remove(0);
    line.number = u64::MAX;
    let mut all = text(&[line]);
    all += &text(&entries(2));
    assert!(!Register::read(all.as_bytes()).findings.is_empty());
    for bytes in [&b"\n"[..], b"{}\n", b"\xff\n\n", b"null", b"[]\n{\n"] {
        assert!(!Register::read(bytes).findings.is_empty(), "{bytes:?}");
    }
    for name in ["../hemlig", "a/b", "", ".", "\u{1b}[2J"] {
        let mut bad = document(1);
        name.clone_into(&mut bad.file);
        let line = text(&Register::default().next(vec![bad], "x"));
        assert_eq!(
            Register::read(line.as_bytes()).findings,
            [Finding::Unreadable(1)],
            "{name}"
        );
    }
    assert_eq!(Register::read(b"").findings, []);
}

// ---- the program

/// A home with a folder of documents that are entered.
struct Kept {
    home: Home,
}

impl Kept {
    fn with(count: usize) -> Self {
        let home = Home::empty();
        let kept = Self { home };
        fs::create_dir(kept.path("")).unwrap();
        for number in 1..=count {
            kept.put(
                &format!("{number}.txt"),
                format!("Handling nummer {number}.\n"),
            );
            let added = kept.run(&["add", &format!("{number}.txt")]);
            assert_eq!(added.code, Some(0), "{added:?}");
        }
        kept
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.work().join("mapp").join(name)
    }

    /// A file that only its owner can read.
    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn run(&self, args: &[&str]) -> Run {
        self.home.run(&[&["register", "mapp"], args].concat())
    }

    fn check(&self) -> Run {
        self.run(&["check"])
    }

    fn head(&self) -> String {
        self.run(&["head"]).out.trim().to_owned()
    }

    fn lines(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path(FILE)).unwrap();
        text.lines().map(|line| format!("{line}\n")).collect()
    }

    fn found(&self, words: &str) {
        let run = self.check();
        assert_eq!(run.code, Some(3), "{words}: {run:?}");
        assert!(run.out.contains(words), "{words}: {run:?}");
    }
}

/// The `kind` of a dispatch says how it left; that it is a dispatch stands in its format.
#[test]
fn a_dispatch_is_known_as_one() {
    for kind in ["sent", "oral"] {
        let text = format!(r#"{{"dispatch":1,"kind":"{kind}","digest":"sha256:0"}}"#);
        let sealed = seal::sealed(text.as_bytes()).unwrap();
        assert_eq!(sealed.kind.as_deref(), Some("dispatch"));
    }
}

#[test]
fn documents_are_entered_and_the_folder_agrees() {
    let kept = Kept::with(0);
    fs::copy("tests/signatures/document.json", kept.path("sand.json")).unwrap();
    kept.put("brev.txt", "Till nämnden.");
    let missing = kept.check();
    assert_eq!(
        (missing.code, missing.out.as_str()),
        (Some(1), ""),
        "{missing:?}"
    );
    assert_eq!(
        kept.run(&["add", "--kind", "letter", "brev.txt", "mapp/sand.json"])
            .code,
        Some(0)
    );
    let lines = kept.lines();
    assert!(
        lines[0].contains("\"kind\":\"letter\"") && lines[0].contains("\"document\":null"),
        "{lines:?}"
    );
    assert!(
        lines[1].contains("\"kind\":\"dispatch\"") && lines[1].contains("\"document\":\"sha256:"),
        "{lines:?}"
    );
    let mode = fs::metadata(kept.path(FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // The copied fixture is readable by others.
    kept.found("sand.json: kan läsas eller ändras av andra");
    kept.put("sand.json", fs::read(kept.path("sand.json")).unwrap());
    let good = kept.check();
    assert_eq!((good.code, good.out.as_str()), (Some(0), ""), "{good:?}");
    assert!(good.err.contains("Utan en slutsumma"), "{good:?}");
    let with_head = kept.run(&["check", "--head", &kept.head()]);
    assert_eq!(with_head.code, Some(0), "{with_head:?}");
    assert!(
        !with_head.err.contains("Utan en slutsumma"),
        "{with_head:?}"
    );
}

#[test]
fn what_cannot_be_entered_is_refused_whole() {
    let kept = Kept::with(1);
    let before = kept.lines();
    kept.put("2.txt", "Två.");
    kept.home.file("utanfor.txt", "Utanför.");
    std::os::unix::fs::symlink("2.txt", kept.path("lank.txt")).unwrap();
    let document = fs::read_to_string("tests/signatures/document.json").unwrap();
    kept.put(
        "ändrad.json",
        document.replace("Exempelstads", "Exempelviks"),
    );
    for (file, code, words) in [
        ("3.txt", 1, "finns inte"),
        ("utanfor.txt", 1, "finns inte"),
        ("../work/utanfor.txt", 1, "ligger inte i"),
        ("lank.txt", 1, "är en länk"),
        (FILE, 2, "registret självt"),
        ("mapp/.", 1, "finns inte"),
        ("ändrad.json", 3, "kontrollsumman stämmer inte"),
    ] {
        let run = kept.run(&["add", "2.txt", file]);
        assert!(
            format!("{}{}", run.out, run.err).contains(words) || file == "mapp/.",
            "{file}: {run:?}"
        );
        assert!(
            run.code == Some(code) || file == "mapp/.",
            "{file}: {run:?}"
        );
        assert_eq!(kept.lines(), before, "{file}");
    }
    // Again is no fault; with other content it is.
    let again = kept.run(&["add", "1.txt"]);
    assert_eq!(
        (again.code, kept.lines()),
        (Some(0), before.clone()),
        "{again:?}"
    );
    kept.put("1.txt", "Ändrad.");
    let changed = kept.run(&["add", "1.txt"]);
    assert_eq!(
        (changed.code, kept.lines()),
        (Some(3), before),
        "{changed:?}"
    );
}

#[test]
fn what_is_done_to_documents_is_found() {
    let kept = Kept::with(3);
    let second = fs::read(kept.path("2.txt")).unwrap();
    kept.put("2.txt", &second[..second.len() - 1]);
    kept.found("2.txt: nummer 2 är inte som när den fördes in");
    fs::remove_file(kept.path("2.txt")).unwrap();
    kept.found("2.txt: nummer 2 finns inte i mappen");
    std::os::unix::fs::symlink("1.txt", kept.path("2.txt")).unwrap();
    kept.found("2.txt: är en länk");
    fs::remove_file(kept.path("2.txt")).unwrap();
    kept.put("2.txt", &second);
    kept.put("ny.txt", "Ny.");
    kept.found("ny.txt: är inte införd");
    kept.put("ny.txt", &second);
    kept.found("ny.txt: är inte införd i registret; den är en kopia av 2.txt");
    fs::remove_file(kept.path("ny.txt")).unwrap();
    fs::create_dir(kept.path("undermapp")).unwrap();
    kept.found("undermapp: är inte införd");
    fs::remove_dir(kept.path("undermapp")).unwrap();
    fs::set_permissions(kept.path(FILE), fs::Permissions::from_mode(0o640)).unwrap();
    kept.found("register.jsonl: kan läsas");
    fs::set_permissions(kept.path(FILE), fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(kept.path(""), fs::Permissions::from_mode(0o770)).unwrap();
    kept.found("mapp: kan läsas eller ändras");
    fs::set_permissions(kept.path(""), fs::Permissions::from_mode(0o700)).unwrap();
    // A signature lies beside its document.
    kept.put("2.txt.sig", "…");
    assert_eq!(kept.check().code, Some(0));
    kept.put("4.txt.sig", "…");
    kept.found("4.txt.sig: är inte införd");
    fs::remove_file(kept.path("4.txt.sig")).unwrap();
    fs::remove_file(kept.path(FILE)).unwrap();
    std::os::unix::fs::symlink("1.txt", kept.path(FILE)).unwrap();
    for args in [&["check"][..], &["head"], &["add", "1.txt"]] {
        let run = kept.run(args);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.err.contains("är en länk"), "{run:?}");
    }
}

/// A small generator with a seed, so that a failure can be seen again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn a_thousand_changes_of_a_byte_are_all_found() {
    let kept = Kept::with(6);
    fs::copy("tests/signatures/document.json", kept.path("sand.json")).unwrap();
    kept.put("sand.json", fs::read(kept.path("sand.json")).unwrap());
    assert_eq!(kept.run(&["add", "sand.json"]).code, Some(0));
    assert_eq!(kept.check().code, Some(0));
    let mut names: Vec<PathBuf> = fs::read_dir(kept.path(""))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    names.sort();
    // As often in a byte of the register as in one of all documents together.
    let register = kept.path(FILE);
    names.retain(|name| *name != register);
    let mut random = Random(20_261_122);
    for turn in 0..1000 {
        let path = if turn % 2 == 0 {
            &register
        } else {
            &names[random.below(names.len())]
        };
        let whole = fs::read(path).unwrap();
        let (at, other) = (random.below(whole.len()), 1 + random.below(255));
        let mut changed = whole.clone();
        changed[at] ^= u8::try_from(other).unwrap();
        fs::write(path, &changed).unwrap();
        let run = kept.check();
        assert_eq!(
            run.code,
            Some(3),
            "{} byte {at} to {}: {run:?}",
            path.display(),
            changed[at]
        );
        fs::write(path, &whole).unwrap();
    }
    assert_eq!(kept.check().code, Some(0));
}

#[test]
fn cut_off_with_its_documents_it_looks_whole_but_for_the_head() {
    let kept = Kept::with(5);
    let head = kept.head();
    let paper = kept.run(&["head"]).err;
    let paper = paper.lines().last().unwrap().trim().to_owned();
    let lines = kept.lines();
    for keep in (0..5).rev() {
        fs::remove_file(kept.path(&format!("{}.txt", keep + 1))).unwrap();
        fs::write(kept.path(FILE), lines[..keep].concat()).unwrap();
        let without = kept.check();
        assert_eq!(without.code, Some(0), "{without:?}");
        assert!(without.err.contains("sista raderna"), "{without:?}");
        for head in [&head, &paper] {
            let with = kept.run(&["check", "--head", head]);
            assert_eq!(with.code, Some(3), "{with:?}");
            assert!(
                with.out.contains(&format!("slutar med nummer {keep}")),
                "{with:?}"
            );
        }
    }
    assert_eq!(kept.run(&["check", "--head", "5: abc"]).code, Some(2));
}

#[test]
fn half_a_line_is_said_how_to_mend_and_nothing_is_added_after_it() {
    let kept = Kept::with(3);
    let lines = kept.lines();
    kept.put("4.txt", "Fyra.");
    for cut in [1, lines[2].len() / 2, lines[2].len() - 1] {
        let half = format!("{}{}{}", lines[0], lines[1], &lines[2][..cut]);
        fs::write(kept.path(FILE), &half).unwrap();
        kept.found("rad 3: är ofullständig");
        let add = kept.run(&["add", "4.txt"]);
        assert_eq!(add.code, Some(3), "{add:?}");
        assert!(add.out.contains("ta bort den raden"), "{add:?}");
        assert_eq!(fs::read_to_string(kept.path(FILE)).unwrap(), half);
        assert_eq!(kept.run(&["head"]).code, Some(3));
    }
    // Mended as it says, the document is entered again.
    fs::write(kept.path(FILE), lines[..2].concat()).unwrap();
    assert_eq!(kept.run(&["add", "3.txt", "4.txt"]).code, Some(0));
    assert_eq!(kept.check().code, Some(0));
}

#[test]
fn a_full_disk_leaves_the_register_as_it_was() {
    let kept = Kept::with(2);
    let before = fs::read(kept.path(FILE)).unwrap();
    let long = format!("{}.txt", "3".repeat(200));
    kept.put(&long, "Tre.");
    // No file may grow beyond one block of 1 kB: the write gets some of its way, as on a full disk.
    let program = env!("CARGO_BIN_EXE_sekretesskoll");
    let shell = format!("trap '' XFSZ; ulimit -f 1; exec {program} register mapp add {long}");
    let mut command = std::process::Command::new("bash");
    let output = command
        .args(["-c", &shell])
        .env_clear()
        .env("HOME", kept.home.path())
        .current_dir(kept.home.work())
        .output()
        .unwrap();
    assert!(
        before.len() < 1024,
        "the limit must fall within the third line: {}",
        before.len()
    );
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(fs::read(kept.path(FILE)).unwrap(), before);
    assert_eq!(kept.run(&["add", &long]).code, Some(0));
    assert_eq!(kept.check().code, Some(0));
}

#[test]
fn many_at_once_lose_no_line() {
    let kept = Kept::with(0);
    let children: Vec<_> = (1..=24)
        .map(|number| {
            let name = format!("{number}.txt");
            kept.put(&name, format!("{number}"));
            let mut command = kept.home.command(&["register", "mapp", "add", &name]);
            command
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(kept.lines().len(), 24);
    let run = kept.check();
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn a_large_document_is_entered_and_checked() {
    let kept = Kept::with(0);
    kept.put("stor.bin", "");
    fs::File::options()
        .write(true)
        .open(kept.path("stor.bin"))
        .unwrap()
        .set_len(100 * 1024 * 1024)
        .unwrap();
    assert_eq!(kept.run(&["add", "stor.bin"]).code, Some(0));
    assert_eq!(kept.check().code, Some(0));
}

#[test]
fn the_lines_can_be_checked_without_the_program() {
    let kept = Kept::with(2);
    let shell = "tail -n 1 mapp/register.jsonl | jq -cj 'del(.digest)' | sha256sum";
    let output = std::process::Command::new("bash")
        .args(["-c", shell])
        .current_dir(kept.home.work())
        .output()
        .unwrap();
    let sum = String::from_utf8(output.stdout).unwrap();
    let has_jq = std::process::Command::new("jq")
        .arg("--version")
        .output()
        .is_ok();
    let head = kept.head();
    assert!(
        !has_jq || head.ends_with(sum.split(' ').next().unwrap()),
        "{head} {sum}"
    );
}
