//! The commands by which others can check: `verify`, `sign` and `register`.

use clap::{Arg, Command};

use sekretesskoll::language::Lang;
use sekretesskoll::register::Kind;

use super::{day_flag, value};

/// `verify`.
pub(super) fn verify(lang: Lang) -> Command {
    Command::new("verify")
        .alias("verifiera")
        .about(lang.pick(
            "Kontrollera en underskrift och en kontrollsumma (även: verifiera)",
            "Check a signature and a digest (also: verifiera)",
        ))
        .arg(file(
            lang,
            lang.pick("Filen som är undertecknad", "The file that is signed"),
        ))
        .arg(
            path(
                "allowed-signers",
                lang,
                lang.pick(
                    "Vilka som får underteckna, med sina nycklar (OpenSSH:s format)",
                    "Who may sign, with their keys (the format of OpenSSH)",
                ),
            )
            .required(true),
        )
        .arg(path(
            "signature",
            lang,
            lang.pick(
                "Underskriften; annars FIL.sig",
                "The signature; otherwise FILE.sig",
            ),
        ))
        .arg(value(
            "signer",
            lang.pick("VEM", "WHO"),
            lang.pick(
                "Kräv att just den personen har undertecknat, till exempel anna@fk.example",
                "Demand that this person signed, for example anna@fk.example",
            ),
        ))
        .arg(day_flag(
            lang,
            lang.pick(
                "Nyckeln ska ha gällt hela den dagen, åååå-mm-dd; annars nu",
                "The key must have been valid all of that day, yyyy-mm-dd; otherwise now",
            ),
        ))
}

/// `sign`.
pub(super) fn sign(lang: Lang) -> Command {
    Command::new("sign")
        .alias("underteckna")
        .about(lang.pick(
            "Underteckna en fil med en SSH-nyckel; skriver FIL.sig (även: underteckna)",
            "Sign a file with an SSH key; writes FILE.sig (also: underteckna)",
        ))
        .arg(file(
            lang,
            lang.pick("Filen som ska undertecknas", "The file to sign"),
        ))
        .arg(
            value(
                "key",
                lang.pick("NYCKELFIL", "KEYFILE"),
                lang.pick(
                    "Filen med din privata nyckel; programmet frågar efter lösenfrasen",
                    "The file with your private key; the program asks for its passphrase",
                ),
            )
            .required(true),
        )
}

/// `register`.
pub(super) fn register(lang: Lang) -> Command {
    Command::new("register")
        .about(lang.pick(
            "Ett register i en mapp, där varje rad är bunden till den före",
            "A register in a folder, each line bound to the one before",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("folder")
                .value_name(lang.pick("MAPP", "FOLDER"))
                .required(true)
                .help(lang.pick(
                    "Mappen med handlingarna och registret",
                    "The folder with the documents and the register",
                )),
        )
        .subcommands([add(lang), check(lang), head(lang)])
}

fn add(lang: Lang) -> Command {
    Command::new("add")
        .about(lang.pick(
            "För in handlingar som ligger i mappen",
            "Enter documents that lie in the folder",
        ))
        .arg(
            file(lang, lang.pick("Handlingar i mappen", "Documents in the folder"))
                .value_name(lang.pick("FIL", "FILE"))
                .num_args(1..),
        )
        .arg(
            value("kind", "letter|note|other", lang.pick(
                "letter (brev), note (anteckning) eller other (annat); prövningar,\ngranskningar och expedieringar känns igen",
                "letter, note or other; records, reviews and dispatches are told by\nwhat they hold",
            ))
            .value_parser([Kind::Letter.key(), Kind::Note.key(), Kind::Other.key()])
            .hide_possible_values(true),
        )
}

fn check(lang: Lang) -> Command {
    Command::new("check")
        .about(lang.pick(
            "Kontrollera att inget är borttaget, ändrat, flyttat eller tillagt",
            "Check that nothing was removed, changed, moved or put in",
        ))
        .arg(value(
            "head",
            lang.pick("SLUTSUMMA", "HEAD"),
            lang.pick(
                "En slutsumma som har skrivits upp utanför mappen",
                "A head that was written down outside the folder",
            ),
        ))
}

fn head(lang: Lang) -> Command {
    Command::new("head").about(lang.pick(
        "Skriv ut slutsumman, att förvara utanför mappen eller underteckna",
        "Print the head, to keep outside the folder or to sign",
    ))
}

fn file(lang: Lang, help: &'static str) -> Arg {
    Arg::new("file")
        .value_name(lang.pick("FIL", "FILE"))
        .required(true)
        .help(help)
}

fn path(name: &'static str, lang: Lang, help: &str) -> Arg {
    value(name, lang.pick("FIL", "FILE"), help)
}
