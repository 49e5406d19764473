//! Signatures: those that ssh-keygen made are good here, those made here are good there, and all others are told apart.
//!
//! `tests/signatures` holds what ssh-keygen made once; where ssh-keygen is at hand, it makes and checks others too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use program::{Home, Run};
use sekretesskoll::seal;
use sekretesskoll::signature::{AllowedSigners, During, Fault, Key, Refused, Unfit, verify};
use ssh_key::private::{Ed25519Keypair, PrivateKey};
use ssh_key::{Cipher, Kdf, LineEnding};

const MADE: &str = "tests/signatures";

fn made(name: &str) -> Vec<u8> {
    fs::read(format!("{MADE}/{name}")).unwrap()
}

fn allowed(text: &str) -> AllowedSigners {
    AllowedSigners::read(text).unwrap()
}

fn at(moment: &str) -> During {
    During::moment(moment.parse::<Timestamp>().unwrap())
}

const NOW: &str = "2026-11-22T12:00:00Z";

/// The key of the fixtures, as it stands in the file: `ssh-ed25519 …`.
fn key() -> String {
    let lines = String::from_utf8(made("allowed")).unwrap();
    let line = lines.lines().next().unwrap();
    line.split_once(' ').unwrap().1.to_owned()
}

/// Verifies the fixture with a line of allowed signers of the same key.
fn with_line(before: &str, signer: Option<&str>, during: During) -> Result<String, Fault> {
    let allowed = allowed(&format!("{before} {}", key()));
    let (document, signature) = (made("document.json"), made("ed25519-256.sig"));
    let verified = verify(&document, &signature, &allowed, signer, during);
    verified.map(|signer| signer.principals)
}

// ---- digests

#[test]
fn a_document_that_ends_in_a_digest_is_told_whatever_it_is() {
    let written = |text: &str| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let digest = sekretesskoll::record::digest_of(&value).unwrap();
        let end = format!(r#","digest":"sha256:{digest}"}}"#);
        seal::sealed(text.replace('}', &end).as_bytes()).unwrap()
    };
    for (text, kind) in [
        (r#"{"kind":"record","format":1}"#, Some("record")),
        (r#"{"review":1,"record":"sha256:…"}"#, Some("review")),
        (r#"{"dispatch":1,"record":"sha256:…"}"#, Some("dispatch")),
        (r#"{"something":1}"#, None),
    ] {
        let sealed = written(text);
        assert_eq!(
            (sealed.kind.as_deref(), sealed.holds()),
            (kind, true),
            "{text}"
        );
    }
    // What ought to have one and has none, or another, does not hold; what need not have one is no such document.
    for text in [
        r#"{"kind":"record"}"#,
        r#"{"review":1,"digest":"sha256:0"}"#,
        r#"{"dispatch":1,"digest":7}"#,
    ] {
        assert!(!seal::sealed(text.as_bytes()).unwrap().holds(), "{text}");
    }
    for text in [
        r#"{"digest":"sha256:0","a":1}"#,
        "[]",
        "7",
        "Till nämnden",
        r#"{"answers":1}"#,
    ] {
        assert_eq!(seal::sealed(text.as_bytes()), None, "{text}");
    }
}

// ---- the library

#[test]
fn what_ssh_keygen_signed_is_good_and_names_the_signer() {
    let allowed = allowed(&String::from_utf8(made("allowed")).unwrap());
    for name in ["ed25519-256", "ecdsa-256", "ecdsa-384"] {
        let signature = made(&format!("{name}.sig"));
        let signer = verify(&made("document.json"), &signature, &allowed, None, at(NOW)).unwrap();
        assert_eq!(signer.principals, format!("{name}@exempel.example"));
        assert!(signer.fingerprint.starts_with("SHA256:"), "{signer:?}");
    }
    for name in ["ecdsa-521", "rsa-3072"] {
        let signature = made(&format!("{name}.sig"));
        let fault = verify(&made("document.json"), &signature, &allowed, None, at(NOW));
        assert!(
            matches!(fault, Err(Fault::Algorithm(_))),
            "{name}: {fault:?}"
        );
    }
}

#[test]
fn every_changed_byte_of_document_and_signature_is_found() {
    let allowed = allowed(&String::from_utf8(made("allowed")).unwrap());
    let (document, signature) = (made("document.json"), made("ed25519-256.sig"));
    for at_byte in 0..document.len() {
        let mut changed = document.clone();
        changed[at_byte] ^= 1;
        let fault = verify(&changed, &signature, &allowed, None, at(NOW));
        assert_eq!(fault, Err(Fault::Changed), "byte {at_byte}");
    }
    for at_byte in 0..signature.len() {
        let mut changed = signature.clone();
        changed[at_byte] = if changed[at_byte] == b'B' { b'C' } else { b'B' };
        let verified = verify(&document, &changed, &allowed, None, at(NOW));
        let line_end = signature[at_byte] == b'\n';
        assert!(verified.is_err() || line_end, "byte {at_byte}");
    }
}

#[test]
fn another_use_another_hash_and_garbage_are_told_apart() {
    let allowed = allowed(&String::from_utf8(made("allowed")).unwrap());
    let fault = |signature: &[u8]| {
        let verified = verify(&made("document.json"), signature, &allowed, None, at(NOW));
        verified.unwrap_err()
    };
    assert_eq!(fault(&made("namespace.sig")), Fault::Namespace);
    assert_eq!(fault(&made("sha256.sig")), Fault::Hash);
    for garbage in [
        &b""[..],
        b"\xff\0",
        b"-----BEGIN SSH SIGNATURE-----\n",
        &made("document.json"),
    ] {
        assert_eq!(fault(garbage), Fault::Garbage);
    }
    let whole = made("ed25519-256.sig");
    for length in 0..whole.len() - 2 {
        assert_eq!(fault(&whole[..length]), Fault::Garbage, "cut at {length}");
    }
}

#[test]
fn a_key_signs_only_for_whom_for_what_and_when_its_line_says() {
    let good = |line: &str, signer: Option<&str>| with_line(line, signer, at(NOW)).unwrap();
    assert_eq!(good("anna", None), "anna");
    assert_eq!(
        good("anna,bo namespaces=\"git,sekretess*\"", Some("bo")),
        "anna,bo"
    );
    assert_eq!(
        good("*@fk.example", Some("anna@fk.example")),
        "*@fk.example"
    );
    assert_eq!(good("\"anna b\"", Some("anna b")), "anna b");
    assert_eq!(
        good(
            "anna valid-after=\"20261122\",valid-before=\"20261123\"",
            None
        ),
        "anna"
    );
    let bad = |line: &str, signer: Option<&str>| with_line(line, signer, at(NOW)).unwrap_err();
    let is = |fault: Fault, like: fn(String) -> Fault| {
        let (Fault::SomebodyElse(print)
        | Fault::NotForThis(print)
        | Fault::NotYet(print)
        | Fault::Expired(print)) = &fault
        else {
            return false;
        };
        print.starts_with("SHA256:") && like(print.clone()) == fault
    };
    assert!(is(bad("anna", Some("bo")), Fault::SomebodyElse));
    assert!(is(
        bad("*@fk.example,!anna@*", Some("anna@fk.example")),
        Fault::SomebodyElse
    ));
    assert!(is(bad("anna?", Some("anna")), Fault::SomebodyElse));
    assert!(is(bad("anna namespaces=\"git\"", None), Fault::NotForThis));
    assert!(is(
        bad("anna namespaces=\"*,!sekretesskoll\"", None),
        Fault::NotForThis
    ));
    assert!(is(
        bad("anna valid-before=\"20261122\"", None),
        Fault::Expired
    ));
    assert!(is(
        bad("anna valid-after=\"202611221301\"", None),
        Fault::NotYet
    ));
    assert!(is(
        bad("anna valid-after=\"20261122120001Z\"", None),
        Fault::NotYet
    ));
}

#[test]
fn a_day_must_lie_whole_within_the_validity_of_the_key() {
    let on = |line: &str, day: &str| {
        with_line(line, None, During::day(day.parse().unwrap()).unwrap()).is_ok()
    };
    let line = "anna valid-after=\"20260101\",valid-before=\"20261122\"";
    assert!(on(line, "2026-01-01") && on(line, "2026-11-21"));
    assert!(!on(line, "2025-12-31") && !on(line, "2026-11-22"));
}

#[test]
fn a_key_on_no_line_or_taken_off_signs_nothing() {
    let without: String = String::from_utf8(made("allowed")).unwrap();
    let without: Vec<&str> = without.lines().skip(1).collect();
    let verified = verify(
        &made("document.json"),
        &made("ed25519-256.sig"),
        &allowed(&without.join("\n")),
        None,
        at(NOW),
    );
    assert!(matches!(verified, Err(Fault::Unknown(_))), "{verified:?}");
    let nobody = allowed("# nobody yet\n\n");
    let verified = verify(
        &made("document.json"),
        &made("ed25519-256.sig"),
        &nobody,
        None,
        at(NOW),
    );
    assert!(matches!(verified, Err(Fault::Unknown(_))));
}

#[test]
fn a_line_that_is_not_understood_refuses_the_file() {
    let key = key();
    let refused = |line: String| AllowedSigners::read(&format!("# who\n{line}\n")).unwrap_err();
    let cases = [
        (format!("anna cert-authority {key}"), Unfit::CertAuthority),
        (
            format!("anna CERT-AUTHORITY,namespaces=\"x\" {key}"),
            Unfit::CertAuthority,
        ),
        (
            format!("anna no-touch-required {key}"),
            Unfit::Option("no-touch-required".to_owned()),
        ),
        (
            format!("anna namespaces=sekretesskoll {key}"),
            Unfit::Value("namespaces".to_owned()),
        ),
        (
            format!("anna valid-before=\"20261322\" {key}"),
            Unfit::Value("valid-before".to_owned()),
        ),
        (
            format!("anna valid-before=\"soon\" {key}"),
            Unfit::Value("valid-before".to_owned()),
        ),
        (
            format!("anna valid-after=\"20260101\",valid-after=\"20270101\" {key}"),
            Unfit::Twice("valid-after".to_owned()),
        ),
        (
            format!("anna valid-after=\"20270101\",valid-before=\"20260101\" {key}"),
            Unfit::NeverValid,
        ),
        ("anna ssh-ed25519 AAAA".to_owned(), Unfit::Key),
        ("anna ssh-made-up AAAA".to_owned(), Unfit::Key),
        ("anna".to_owned(), Unfit::Shape),
        (format!("\"anna {key}"), Unfit::Shape),
    ];
    for (line, why) in cases {
        assert_eq!(refused(line.clone()), Refused { line: 2, why }, "{line}");
    }
}

#[test]
fn patterns_are_those_of_openssh() {
    let good = |patterns: &str, who: &str| with_line(patterns, Some(who), at(NOW)).is_ok();
    for (patterns, who) in [
        ("*", ""),
        ("a*b*c", "aXbYbZc"),
        ("?*", "å"),
        ("*.se,*.example", "fk.se"),
        ("a**b", "ab"),
    ] {
        assert!(good(patterns, who), "{patterns} {who}");
    }
    for (patterns, who) in [
        ("a*b", "abc"),
        ("?", ""),
        ("!anna", "anna"),
        ("!bo", "anna"),
        ("Anna", "anna"),
        ("*a*a", "a"),
    ] {
        assert!(!good(patterns, who), "{patterns} {who}");
    }
}

// ---- the program

fn private() -> PrivateKey {
    PrivateKey::from(Ed25519Keypair::from_seed(&[7; 32]))
}

/// A home with a document, a private key that a test made, and its line.
fn home() -> Home {
    let home = Home::empty();
    let key = private();
    home.file("document.json", made("document.json"));
    home.file("key", key.to_openssh(LineEnding::LF).unwrap().as_bytes());
    let public = key.public_key().to_openssh().unwrap();
    home.file("allowed", format!("anna@fk.example {public}\n"));
    home
}

fn check(home: &Home, more: &[&str]) -> Run {
    let args = ["verify", "document.json", "--allowed-signers", "allowed"];
    home.run(&[&args, more].concat())
}

/// One sentence, on the stream that its exit code says.
fn one_sentence(run: &Run, code: i32, words: &str) {
    let said = format!("{}{}", run.out, run.err);
    assert_eq!(run.code, Some(code), "{run:?}");
    assert_eq!(said.lines().count(), 1, "{run:?}");
    assert!(said.contains(words), "{run:?}");
    assert_eq!(run.out.is_empty(), code == 1, "{run:?}");
}

#[test]
fn signed_here_is_good_here_and_never_written_over() {
    let home = home();
    let signed = home.run(&["sign", "document.json", "--key", "key"]);
    assert_eq!(
        (signed.code, signed.out.as_str()),
        (Some(0), "document.json.sig\n"),
        "{signed:?}"
    );
    let good = check(&home, &[]);
    assert_eq!(good.code, Some(0), "{good:?}");
    for words in [
        "anna@fk.example",
        "SHA256:",
        "ssh-ed25519",
        "document.json",
        "(stämmer)",
    ] {
        assert!(good.out.contains(words), "{words}: {}", good.out);
    }
    let again = home.run(&["sign", "document.json", "--key", "key"]);
    one_sentence(&again, 1, "finns redan");
    assert_eq!(check(&home, &["--signer", "anna@fk.example"]).code, Some(0));
    one_sentence(
        &check(&home, &["--signer", "bo@fk.example"]),
        3,
        "hör inte till",
    );
}

#[test]
fn each_thing_that_is_wrong_has_its_sentence() {
    let home = home();
    home.run(&["sign", "document.json", "--key", "key"]);
    let signature = fs::read(home.work().join("document.json.sig")).unwrap();
    let check_with = |signature: &[u8]| {
        home.file("other.sig", signature);
        check(&home, &["--signature", "other.sig"])
    };
    one_sentence(&check_with(b"garbage"), 3, "ingen SSH-underskrift");
    one_sentence(&check_with(&made("namespace.sig")), 3, "-n sekretesskoll");
    one_sentence(
        &check_with(&made("ed25519-256.sig")),
        3,
        "finns inte bland dem",
    );
    one_sentence(&check_with(&made("rsa-3072.sig")), 1, "ssh-rsa");
    one_sentence(&check_with(&made("sha256.sig")), 3, "SHA-512");
    let line = fs::read_to_string(home.work().join("allowed")).unwrap();
    let rest = line.strip_prefix("anna@fk.example ").unwrap();
    for (options, code, words) in [
        ("valid-before=\"20200101\" ", 3, "gällde inte längre"),
        ("valid-after=\"22000101\" ", 3, "gällde inte än"),
        ("namespaces=\"git\" ", 3, "namespaces"),
        (
            "cert-authority ",
            1,
            "`allowed`, rad 1: `cert-authority` godtas inte",
        ),
        ("verify-required ", 1, "känner inte `verify-required`"),
    ] {
        home.file("allowed", format!("anna@fk.example {options}{rest}"));
        one_sentence(&check(&home, &[]), code, words);
    }
    home.file(
        "allowed",
        format!("anna@fk.example valid-before=\"20200101\" {rest}"),
    );
    assert_eq!(check(&home, &["--on", "2019-12-31"]).code, Some(0));
    home.file("allowed", &line);
    home.file("document.json", b"{}");
    one_sentence(&check(&home, &[]), 3, "ändrad");
    fs::write(home.work().join("document.json.sig"), signature).unwrap();
    fs::remove_file(home.work().join("document.json")).unwrap();
    one_sentence(&check(&home, &[]), 1, "finns inte");
}

#[test]
fn a_wrong_digest_is_found_also_under_a_good_signature() {
    let home = home();
    home.run(&["sign", "document.json", "--key", "key"]);
    let document = String::from_utf8(made("document.json")).unwrap();
    let document = document.replace("Exempelstads", "Exempelvik");
    home.file("document.json", &document);
    one_sentence(
        &home.run(&["sign", "document.json", "--key", "key"]),
        3,
        "kontrollsumman stämmer inte",
    );
    let both = check(&home, &[]);
    assert_eq!(
        (both.code, both.out.lines().count()),
        (Some(3), 2),
        "{both:?}"
    );
    // Somebody signs it elsewhere all the same.
    let key = Key::read(private().to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    home.file("document.json.sig", key.sign(document.as_bytes()).unwrap());
    one_sentence(&check(&home, &[]), 3, "kontrollsumman stämmer inte");
}

#[test]
fn a_large_file_and_links_are_met_with_a_sentence_or_followed() {
    let home = home();
    home.run(&["sign", "document.json", "--key", "key"]);
    let large = fs::File::create(home.work().join("large.json")).unwrap();
    large.set_len(100 * 1024 * 1024).unwrap();
    let run = home.run(&[
        "verify",
        "large.json",
        "--signature",
        "document.json.sig",
        "--allowed-signers",
        "allowed",
    ]);
    one_sentence(&run, 1, "större än 16 MB");
    let run = home.run(&["sign", "large.json", "--key", "key"]);
    one_sentence(&run, 1, "större än 16 MB");
    let link =
        |name: &str, to: &str| std::os::unix::fs::symlink(to, home.work().join(name)).unwrap();
    link("link.json", "document.json");
    link("nowhere.json", "gone.json");
    link("round.json", "round.json");
    let check = |file: &str| {
        home.run(&[
            "verify",
            file,
            "--signature",
            "document.json.sig",
            "--allowed-signers",
            "allowed",
        ])
    };
    assert_eq!(check("link.json").code, Some(0));
    one_sentence(&check("nowhere.json"), 1, "finns inte");
    one_sentence(&check("round.json"), 1, "länken leder tillbaka");
    one_sentence(&check("."), 1, "mapp");
}

#[test]
fn an_encrypted_key_asks_for_its_passphrase_unseen() {
    let home = home();
    let kdf = Kdf::Bcrypt {
        salt: vec![3; 16],
        rounds: 1,
    };
    let cipher = Cipher::Aes256Ctr;
    let locked = private()
        .encrypt_with(cipher, kdf, 1, "hemlig fras")
        .unwrap();
    home.file("key", locked.to_openssh(LineEnding::LF).unwrap().as_bytes());
    let piped = home.run(&["sign", "document.json", "--key", "key"]);
    assert_eq!(piped.code, Some(2), "{piped:?}");
    let mut terminal = home.terminal(&["sign", "document.json", "--key", "key"]);
    terminal.see("Lösenfrasen till key");
    terminal.unseen();
    terminal.keys("fel fras\r");
    assert_eq!(terminal.end(), Some(1), "{}", terminal.seen);
    assert!(
        terminal.seen.contains("inte den rätta"),
        "{}",
        terminal.seen
    );
    let mut terminal = home.terminal(&["sign", "document.json", "--key", "key"]);
    terminal.see("Lösenfrasen till key");
    terminal.unseen();
    terminal.keys("hemlig fras\r");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert!(!terminal.seen.contains("hemlig"), "{}", terminal.seen);
    assert_eq!(check(&home, &[]).code, Some(0));
}

#[test]
fn a_public_key_and_other_files_are_no_keys() {
    let home = home();
    home.file("key.pub", private().public_key().to_openssh().unwrap());
    for file in ["key.pub", "document.json"] {
        let run = home.run(&["sign", "document.json", "--key", file]);
        one_sentence(&run, 1, "ingen privat nyckel");
    }
    let key = Key::read(private().to_openssh(LineEnding::LF).unwrap().as_bytes()).unwrap();
    assert_eq!(format!("{key:?}"), "Key");
}

// ---- the other program

/// Whether ssh-keygen can be run. Where it cannot, that is said past the test's own capture: `.ci/run` installs it.
fn has_ssh_keygen() -> bool {
    let there = Command::new("ssh-keygen").arg("-?").output().is_ok();
    if !there {
        let loud = "\n!! ssh-keygen is missing: what it signs NOW was not verified, nor what it says of our signatures.\n!! Install it (Debian: apt-get install openssh-client).\n";
        std::io::stderr().write_all(loud.as_bytes()).unwrap();
    }
    there
}

fn ssh_keygen(home: &Home, args: &[&str], input: &[u8]) -> (bool, String) {
    let mut command = Command::new("ssh-keygen");
    command.args(args).current_dir(home.work());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn both_programs_take_what_the_other_signs() {
    if !has_ssh_keygen() {
        return;
    }
    for (sort, bits) in [("ed25519", "256"), ("ecdsa", "256"), ("ecdsa", "384")] {
        let home = Home::empty();
        home.file("document.json", made("document.json"));
        let (made_key, said) = ssh_keygen(
            &home,
            &["-q", "-t", sort, "-b", bits, "-N", "", "-f", "key"],
            b"",
        );
        assert!(made_key, "{said}");
        let public = fs::read_to_string(home.work().join("key.pub")).unwrap();
        home.file(
            "allowed",
            format!("anna@fk.example namespaces=\"sekretesskoll\" {public}"),
        );
        // Theirs, verified by us.
        let (signed, said) = ssh_keygen(
            &home,
            &[
                "-Y",
                "sign",
                "-n",
                "sekretesskoll",
                "-f",
                "key",
                "document.json",
            ],
            b"",
        );
        assert!(signed, "{said}");
        let ours = check(&home, &["--signer", "anna@fk.example"]);
        assert_eq!(ours.code, Some(0), "{sort} {bits}: {ours:?}");
        // Ours, verified by them.
        fs::remove_file(home.work().join("document.json.sig")).unwrap();
        let signed = home.run(&["sign", "document.json", "--key", "key"]);
        assert_eq!(signed.code, Some(0), "{signed:?}");
        let args = [
            "-Y",
            "verify",
            "-n",
            "sekretesskoll",
            "-f",
            "allowed",
            "-I",
            "anna@fk.example",
            "-s",
            "document.json.sig",
        ];
        let (good, said) = ssh_keygen(&home, &args, &made("document.json"));
        assert!(good && said.contains("Good"), "{sort} {bits}: {said}");
        let (good, said) = ssh_keygen(&home, &args, b"something else");
        assert!(!good, "{said}");
    }
}

#[test]
fn both_programs_read_the_same_lines_alike() {
    if !has_ssh_keygen() {
        return;
    }
    let home = home();
    home.run(&["sign", "document.json", "--key", "key"]);
    let line = fs::read_to_string(home.work().join("allowed")).unwrap();
    let key = line.strip_prefix("anna@fk.example ").unwrap().trim();
    let lines = [
        ("anna@fk.example", true),
        ("*@fk.example", true),
        ("bo@fk.example,anna@*", true),
        ("*@fk.example,!anna@fk.example", false),
        ("bo@fk.example", false),
        ("\"anna@fk.example\"", true),
        ("anna@fk.example namespaces=\"git,sekretess*\"", true),
        ("anna@fk.example namespaces=\"git\"", false),
        ("anna@fk.example valid-before=\"20200101\"", false),
        (
            "anna@fk.example valid-after=\"20200101\",valid-before=\"21000101Z\"",
            true,
        ),
        ("anna@fk.example valid-after=\"21000101\"", false),
        ("anna@fk.example made-up", false),
        ("anna@fk.example valid-before=20200101", false),
    ];
    for (before, good) in lines {
        home.file("allowed", format!("{before} {key}\n"));
        let ours = check(&home, &["--signer", "anna@fk.example"]);
        let args = [
            "-Y",
            "verify",
            "-n",
            "sekretesskoll",
            "-f",
            "allowed",
            "-I",
            "anna@fk.example",
            "-s",
            "document.json.sig",
        ];
        let (theirs, said) = ssh_keygen(&home, &args, &made("document.json"));
        assert_eq!(
            (ours.code == Some(0), theirs),
            (good, good),
            "{before}: {ours:?} {said}"
        );
    }
}
