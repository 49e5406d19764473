//! The clap table, in the language asked for, and usage errors in words.

mod guide;
mod selfcontrol;
mod train;
mod trust;

use std::ffi::OsString;
use std::fmt;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use sekretesskoll::language::Lang;

use crate::cli::{Exit, say};

/// Wrong usage found after parsing.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The language: `--lang`, then `SEKRETESSKOLL_LANG`, then the settings, then Swedish.
pub(crate) fn language(args: &[OsString]) -> Lang {
    let words: Vec<String> = args
        .iter()
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    let joined = words
        .iter()
        .find_map(|word| word.strip_prefix("--lang=").map(str::to_owned));
    let apart = words
        .iter()
        .position(|word| word == "--lang")
        .and_then(|at| words.get(at + 1))
        .cloned();
    let environment = || std::env::var("SEKRETESSKOLL_LANG").ok();
    let settings = || {
        crate::cli::files::read_settings(Lang::Sv)
            .ok()
            .and_then(|settings| settings.lang)
    };
    let tag = joined.or(apart).or_else(environment).or_else(settings);
    tag.and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default()
}

/// The whole command table.
pub(crate) fn command(lang: Lang) -> Command {
    let top = Command::new("sekretesskoll")
        .about(lang.pick("Sekretessprövning före en orosanmälan", "Secrecy assessment before a report of concern"))
        .version(env!("CARGO_PKG_VERSION"))
        .term_width(80)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help(lang.pick(
            "Frågor och meddelanden på standard error, resultat på standard out.\nSlutkoder: 0 klart, 1 gick inte, 2 fel användning, 3 fann något, 4 svar saknas,\n130 avbrutet. Det rättsliga utfallet står i prövningen, aldrig i slutkoden.",
            "Prompts and messages on standard error, results on standard out.\nExit codes: 0 done, 1 could not, 2 wrong usage, 3 found something, 4 answers\nmissing, 130 interrupted. The legal outcome is in the record, never in the code.",
        ))
        .subcommands([assess(lang), check(lang), explain(lang), letter(lang), note(lang), review(lang), reconcile(lang), trust::verify(lang), trust::sign(lang), trust::register(lang), train::train(lang), guide::guide(lang), trees(lang), law(lang), selfcontrol::command(lang), settings(lang), schema(lang), completions(lang), man(lang)]);
    localised(top, lang, "")
}

/// Headings, help and version flags in the language, on every level.
fn localised(command: Command, lang: Lang, above: &str) -> Command {
    let path = format!("{above}{}", command.get_name());
    let heading = lang.pick("Flaggor", "Options");
    let template = lang.pick(
        "{about-with-newline}\nAnvändning: {usage}\n\n{all-args}{after-help}",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    );
    let mut command = command
        .help_template(template)
        .term_width(80)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(lang.pick("Kommandon", "Commands"))
        .subcommand_value_name(lang.pick("KOMMANDO", "COMMAND"))
        .mut_args(|arg| {
            if arg.is_positional() {
                arg.help_heading(lang.pick("Argument", "Arguments"))
            } else {
                arg.help_heading(heading)
            }
        })
        .arg(
            flag("help", lang.pick("Visa hjälpen", "Show this help"))
                .short('h')
                .action(ArgAction::Help)
                .help_heading(heading),
        )
        .arg(
            value(
                "lang",
                "sv|en",
                lang.pick(
                    "Språk: sv eller en (även SEKRETESSKOLL_LANG)",
                    "Language: sv or en (also SEKRETESSKOLL_LANG)",
                ),
            )
            .value_parser(["sv", "en"])
            .hide_possible_values(true)
            .help_heading(heading),
        );
    if command.get_version().is_some() {
        command = command.arg(
            flag("version", lang.pick("Visa version", "Show version"))
                .short('V')
                .action(ArgAction::Version)
                .help_heading(heading),
        );
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let command = command.override_usage(usage(&path, &names, lang));
    let above = format!("{path} ");
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |sub| localised(sub, lang, &above))
    })
}

/// The usage line: what comes after the name of the command.
fn usage(path: &str, subcommands: &[String], lang: Lang) -> String {
    let options = lang.pick("[FLAGGOR]", "[OPTIONS]");
    let rest = match (path.rsplit(' ').next(), subcommands) {
        (Some("selfcontrol"), _) => lang.pick(" MAPP…|KOMMANDO", " FOLDER…|COMMAND"),
        (Some("sample"), _) => lang.pick(" MAPP… --seed FRÖ", " FOLDER… --seed SEED"),
        (Some("results"), _) => lang.pick(" CHECKLISTA…", " CHECKLIST…"),
        (Some("gaps"), _) => lang.pick(" MAPP…", " FOLDER…"),
        (Some("register"), _) => lang.pick(" MAPP KOMMANDO", " FOLDER COMMAND"),
        (Some("train"), _) => lang.pick(" [ÖVNING | KOMMANDO]", " [EXERCISE | COMMAND]"),
        (_, [_, ..]) => lang.pick(" KOMMANDO", " COMMAND"),
        (Some("solution" | "reset"), _) => lang.pick(" ÖVNING", " EXERCISE"),
        (Some("new"), _) => lang.pick(" NAMN", " NAME"),
        (Some("hand-in"), _) => lang.pick(" MAPP", " FOLDER"),
        (Some("show"), _) => lang.pick(" TRÄD", " TREE"),
        (Some("diff"), _) => lang.pick(" GAMMAL [NY]", " OLD [NEW]"),
        (Some("draw" | "book"), _) => lang.pick(" [TRÄD]", " [TREE]"),
        (Some("explain"), _) => lang.pick(" FIL|-", " FILE|-"),
        (Some("letter" | "note"), _) => lang.pick(" PRÖVNING|-", " RECORD|-"),
        (Some("review" | "verify"), _) => lang.pick(" FIL", " FILE"),
        (Some("reconcile"), _) => lang.pick(" FIL [MAPP]", " FILE [FOLDER]"),
        (Some("sign"), _) => lang.pick(" FIL --key NYCKELFIL", " FILE --key KEYFILE"),
        (Some("add"), _) => lang.pick(" FIL…", " FILE…"),
        (Some("guide"), _) => lang.pick(" [NAMN]", " [NAME]"),
        (Some("law"), _) => lang.pick(" [NYCKEL]", " [KEY]"),
        (Some("schema"), _) => " SCHEMA",
        (Some("completions"), _) => lang.pick(" SKAL", " SHELL"),
        _ => "",
    };
    // The folder stands before the command, since all of them are about one.
    let folder = lang.pick("register MAPP ", "register FOLDER ");
    let path = path.replace("register ", folder);
    format!("{path} {options}{rest}")
}

fn flag(name: &'static str, help: &str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help.to_owned())
}

fn value(name: &'static str, shown: &'static str, help: &str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(shown)
        .help(help.to_owned())
}

fn trees_flag(lang: Lang) -> Arg {
    value(
        "trees",
        lang.pick("MAPP", "FOLDER"),
        lang.pick(
            "Läs träden från en mapp i stället för de inbyggda",
            "Read the trees from a folder instead of the built-in ones",
        ),
    )
}

fn day_flag(lang: Lang, help: &str) -> Arg {
    value("on", lang.pick("DAG", "DAY"), help)
}

fn person_flags(lang: Lang) -> [Arg; 4] {
    [
        value(
            "authority",
            lang.pick("NYCKEL", "KEY"),
            lang.pick(
                "Myndighet, till exempel forsakringskassan (`law` listar dem)",
                "Authority, for example forsakringskassan (`law` lists them)",
            ),
        ),
        value(
            "name",
            lang.pick("NAMN", "NAME"),
            lang.pick("Handläggarens namn", "The official's name"),
        ),
        value(
            "title",
            lang.pick("TITEL", "TITLE"),
            lang.pick("Handläggarens titel", "The official's title"),
        ),
        value(
            "unit",
            lang.pick("ENHET", "UNIT"),
            lang.pick("Handläggarens enhet", "The official's unit"),
        ),
    ]
}

fn assess(lang: Lang) -> Command {
    Command::new("assess")
        .alias("prova")
        .about(lang.pick(
            "Pröva: intervjun som slutar i en prövning (även: prova)",
            "Assess: the interview that ends in a record (also: prova)",
        ))
        .arg(value(
            "answers",
            lang.pick("FIL|-", "FILE|-"),
            lang.pick(
                "Läs svaren ur ett svarsdokument och fråga inget",
                "Read the answers from an answers document and ask nothing",
            ),
        ))
        .arg(
            flag(
                "resume",
                lang.pick("Fortsätt med ett sparat utkast", "Go on with a saved draft"),
            )
            .conflicts_with_all(["answers", "on", "authority"]),
        )
        .arg(
            value(
                "follows",
                lang.pick("FIL", "FILE"),
                lang.pick(
                    "Gör en ny prövning som följer på en annan: en rättelse, eller nämnden begär mer",
                    "Make a new assessment that follows another: a correction, or the board asks for more",
                ),
            )
            .conflicts_with_all(["answers", "resume", "discard"]),
        )
        .arg(
            flag(
                "discard",
                lang.pick("Radera ett sparat utkast", "Delete a saved draft"),
            )
            .conflicts_with_all(["answers", "resume"]),
        )
        .arg(flag(
            "plain",
            lang.pick(
                "Rad för rad, för skärmläsare och rör (även ACCESSIBLE och TERM=dumb)",
                "Line by line, for screen readers and pipes (also ACCESSIBLE and TERM=dumb)",
            ),
        ))
        .arg(day_flag(
            lang,
            lang.pick(
                "Dagen då uppgifterna lämnas, åååå-mm-dd; annars i dag",
                "The day the information leaves, yyyy-mm-dd; otherwise today",
            ),
        ))
        .args(person_flags(lang))
        .arg(value(
            "case",
            lang.pick("NUMMER", "NUMBER"),
            lang.pick(
                "Anmälans eget diarienummer",
                "The report's own reference number",
            ),
        ))
        .arg(
            value(
                "out",
                lang.pick("MAPP|-", "FOLDER|-"),
                lang.pick(
                    "Mapp för prövningen, eller - för standard out",
                    "Folder for the record, or - for standard out",
                ),
            )
            .short('o'),
        )
        .arg(trees_flag(lang))
}

fn explain(lang: Lang) -> Command {
    Command::new("explain")
        .alias("forklara")
        .about(lang.pick(
            "Förklara varför det blev så, och vad som hade ändrat det (även: forklara)",
            "Explain why it came out so, and what would have changed it (also: forklara)",
        ))
        .arg(
            Arg::new("file")
                .value_name(lang.pick("FIL|-", "FILE|-"))
                .required(true)
                .help(lang.pick(
                    "En prövning eller ett svarsdokument",
                    "A record or an answers document",
                )),
        )
        .arg(value(
            "item",
            "ID",
            lang.pick(
                "Bara en uppgift; identity är den första uppgiften och route är vägen",
                "One item only; identity is the first item and route is the route",
            ),
        ))
        .arg(
            value(
                "format",
                "text|json",
                lang.pick(
                    "Som text, eller som JSON för skript",
                    "As text, or as JSON for scripts",
                ),
            )
            .value_parser(["text", "json"])
            .hide_possible_values(true),
        )
        .arg(trees_flag(lang))
}

fn record_argument(lang: Lang) -> Arg {
    Arg::new("record")
        .value_name(lang.pick("FIL", "FILE"))
        .required(true)
        .display_order(0)
        .help(lang.pick("Prövningen", "The record"))
}

fn out_flag(lang: Lang, help: &str) -> Arg {
    value("out", lang.pick("MAPP|-", "FOLDER|-"), help).short('o')
}

fn plain_flag(lang: Lang) -> Arg {
    flag(
        "plain",
        lang.pick(
            "Rad för rad, för skärmläsare och rör (även ACCESSIBLE och TERM=dumb)",
            "Line by line, for screen readers and pipes (also ACCESSIBLE and TERM=dumb)",
        ),
    )
}

fn review(lang: Lang) -> Command {
    let reviewer = |name, shown, sv, en| value(name, shown, lang.pick(sv, en));
    Command::new("review")
        .alias("granska")
        .about(lang.pick(
            "Granska: bekräfta eller ifrågasätt varje uppgift i en prövning (även: granska)",
            "Review: confirm or contest each item of a record (also: granska)",
        ))
        .arg(record_argument(lang))
        .arg(value(
            "answers",
            lang.pick("FIL|-", "FILE|-"),
            lang.pick(
                "Läs granskarens svar ur ett dokument och fråga inget",
                "Read the reviewer's answers from a document and ask nothing",
            ),
        ))
        .arg(plain_flag(lang))
        .args([
            reviewer(
                "name",
                lang.pick("NAMN", "NAME"),
                "Granskarens namn",
                "The reviewer's name",
            ),
            reviewer(
                "title",
                lang.pick("TITEL", "TITLE"),
                "Granskarens titel",
                "The reviewer's title",
            ),
            reviewer(
                "unit",
                lang.pick("ENHET", "UNIT"),
                "Granskarens enhet",
                "The reviewer's unit",
            ),
        ])
        .arg(out_flag(
            lang,
            lang.pick(
                "Mapp för granskningen, eller - för standard out",
                "Folder for the review, or - for standard out",
            ),
        ))
        .arg(trees_flag(lang))
}

fn check(lang: Lang) -> Command {
    Command::new("check")
        .alias("kontrollera")
        .about(lang.pick(
            "Kontrollera svarsdokument och prövningar, många på en gång (även: kontrollera)",
            "Check answers documents and records, many at once (also: kontrollera)",
        ))
        .arg(
            Arg::new("path")
                .value_name(lang.pick("FIL|MAPP|-", "FILE|FOLDER|-"))
                .num_args(0..)
                .default_value("-")
                .hide_default_value(true)
                .display_order(1)
                .help(lang.pick(
                    "Filer (.json, .jsonl), mappar med allt i dem, mönster, eller - för standard in",
                    "Files (.json, .jsonl), folders with all in them, patterns, or - for standard input",
                )),
        )
        .arg(
            value(
                "format",
                lang.pick("FORMAT", "FORMAT"),
                lang.pick(
                    "table, json, jsonl, csv, sarif eller junit; annars table",
                    "table, json, jsonl, csv, sarif or junit; otherwise table",
                ),
            )
            .value_parser(["table", "json", "jsonl", "csv", "sarif", "junit"])
            .default_value("table")
            .hide_default_value(true)
            .hide_possible_values(true),
        )
        .arg(
            value(
                "fail-on",
                lang.pick("GRAD", "GRADE"),
                lang.pick(
                    "Från vilken grad det underkänns: note, warning, undetermined, error eller never; annars error",
                    "From which grade on it fails: note, warning, undetermined, error or never; otherwise error",
                ),
            )
            .value_parser(["note", "warning", "undetermined", "error", "never"])
            .default_value("error")
            .hide_default_value(true)
            .hide_possible_values(true),
        )
        .arg(flag(
            "passes",
            lang.pick("Visa också det som godkänns", "Tell of what passes too"),
        ))
        .arg(flag(
            "explain",
            lang.pick(
                "Visa vägen till varje utfall, fråga för fråga (json och jsonl)",
                "Tell the path to each outcome, question by question (json and jsonl)",
            ),
        ))
        .arg(
            value(
                "threads",
                lang.pick("ANTAL", "NUMBER"),
                lang.pick("Hur många kärnor; annars alla", "How many cores; otherwise all"),
            )
            .value_parser(threads),
        )
        .arg(trees_flag(lang).action(ArgAction::Append))
}

fn threads(written: &str) -> Result<String, String> {
    let number: Option<u16> = written
        .parse()
        .ok()
        .filter(|number| (1..=256).contains(number));
    number
        .map(|number| number.to_string())
        .ok_or_else(|| "1–256".to_owned())
}

fn reconcile(lang: Lang) -> Command {
    let name = lang.pick("NAMN", "NAME");
    Command::new("reconcile")
        .alias("stam-av")
        .about(lang.pick(
            "Stäm av mappen som ska skickas mot prövningen, och skriv ned vad som skickades (även: stam-av)",
            "Reconcile the outgoing folder with the record, and write down what was sent (also: stam-av)",
        ))
        .arg(record_argument(lang))
        .arg(
            Arg::new("folder")
                .value_name(lang.pick("MAPP", "FOLDER"))
                .required_unless_present("oral")
                .conflicts_with("oral")
                .display_order(1)
                .help(lang.pick("Mappen som ska skickas", "The outgoing folder")),
        )
        .arg(value("letter", name, lang.pick("Filen som är anmälan", "The file that is the report")))
        .arg(
            value(
                "file",
                lang.pick("ID=NAMN", "ID=NAME"),
                lang.pick(
                    "Filen som är en handling, till exempel 4=intyg.pdf (kan upprepas)",
                    "The file that is a document, for example 4=intyg.pdf (can be repeated)",
                ),
            )
            .action(ArgAction::Append)
            .conflicts_with("oral"),
        )
        .arg(value(
            "review",
            lang.pick("FIL", "FILE"),
            lang.pick("Chefens granskning", "The manager's review"),
        ))
        .arg(value(
            "sent",
            lang.pick("TID", "TIME"),
            lang.pick(
                "När det skickades eller sades, \"åååå-mm-dd tt:mm\"; skriver ned det",
                "When it was sent or said, \"yyyy-mm-dd hh:mm\"; writes it down",
            ),
        ))
        .arg(
            value(
                "by",
                lang.pick("VEM", "WHO"),
                lang.pick(
                    "Av vem, \"namn, titel, enhet\"; annars du enligt inställningarna",
                    "By whom, \"name, title, unit\"; otherwise you by the settings",
                ),
            )
            .requires("sent"),
        )
        .arg(
            value(
                "receipt",
                lang.pick("KVITTENS", "RECEIPT"),
                lang.pick("Kanalens kvittens", "The channel's receipt"),
            )
            .requires("sent")
            .conflicts_with("oral"),
        )
        .arg(flag(
            "oral",
            lang.pick(
                "Skriv ned ett samtal eller besök i stället för en mapp",
                "Write down a call or a visit instead of a folder",
            ),
        ))
        .arg(
            value(
                "to",
                lang.pick("VEM", "WHO"),
                lang.pick(
                    "Vem som fick veta, till exempel socialjouren i Exempelstad",
                    "Who was told, for example socialjouren i Exempelstad",
                ),
            )
            .requires("oral")
            .requires("sent"),
        )
        .arg(
            value(
                "said",
                lang.pick("FIL|-", "FILE|-"),
                lang.pick("Fil med vad som sades", "A file with what was said"),
            )
            .requires("to"),
        )
        .arg(plain_flag(lang))
        .arg(out_flag(
            lang,
            lang.pick(
                "Mapp för expedieringen, eller - för standard out",
                "Folder for the dispatch, or - for standard out",
            ),
        ))
        .arg(trees_flag(lang))
}

fn letter(lang: Lang) -> Command {
    let command = Command::new("letter").alias("brev").about(lang.pick(
        "Skriv orosanmälan, eller svaret på en begäran, ur en prövning (även: brev)",
        "Write the report of concern, or the answer to a request, from a record (also: brev)",
    ));
    of_record(command, lang)
        .arg(value(
            "review",
            lang.pick("FIL", "FILE"),
            lang.pick(
                "Chefens granskning; det den ifrågasätter står inte i brevet",
                "The manager's review; what it contests does not stand in the letter",
            ),
        ))
        .arg(flag(
            "blanks",
            lang.pick(
                "Fråga inte vem det gäller: lämna tomma fält",
                "Do not ask whom it is about: leave blanks",
            ),
        ))
        .arg(flag(
            "plain",
            lang.pick(
                "Fråga rad för rad, för skärmläsare",
                "Ask line by line, for screen readers",
            ),
        ))
}

fn note(lang: Lang) -> Command {
    let command = Command::new("note").alias("anteckning").about(lang.pick(
        "Skriv tjänsteanteckningen ur en prövning (även: anteckning)",
        "Write the case note from a record (also: anteckning)",
    ));
    of_record(command, lang)
}

/// What both documents take: the record, how they are written, and where.
fn of_record(command: Command, lang: Lang) -> Command {
    command
        .arg(
            Arg::new("record")
                .value_name(lang.pick("PRÖVNING|-", "RECORD|-"))
                .required(true)
                .help(lang.pick("Prövningens fil", "The record's file")),
        )
        .arg(
            value(
                "format",
                "text|md|html|pdf",
                lang.pick(
                    "Hur det skrivs; annars efter filnamnet, annars text",
                    "How it is written; otherwise by the file's name, otherwise text",
                ),
            )
            .value_parser(["text", "md", "html", "pdf"])
            .hide_possible_values(true),
        )
        .arg(
            value(
                "out",
                lang.pick("FIL|MAPP|-", "FILE|FOLDER|-"),
                lang.pick(
                    "Ny fil, eller mapp för den; annars standard out",
                    "A new file, or a folder for it; otherwise standard out",
                ),
            )
            .short('o'),
        )
        .arg(trees_flag(lang))
}

fn trees(lang: Lang) -> Command {
    let tree = Arg::new("tree")
        .value_name(lang.pick("TRÄD", "TREE"))
        .help(lang.pick(
            "route, item, sending, closing eller en vägledning",
            "route, item, sending, closing or a guide",
        ));
    Command::new("trees")
        .alias("trad")
        .about(lang.pick(
            "Träden: lista, visa, kontrollera, bevisa, jämför, rita (även: trad)",
            "The trees: list, show, check, prove, compare, draw (also: trad)",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("list")
                .about(lang.pick(
                    "Lista träden och vad de innehåller",
                    "List the trees and what they hold",
                ))
                .arg(trees_flag(lang)),
        )
        .subcommand(
            Command::new("show")
                .about(lang.pick(
                    "Visa ett träd: frågor, svar, lagrum, vart de leder",
                    "Show a tree: questions, answers, sections, where they lead",
                ))
                .arg(tree.clone().required(true))
                .arg(cited_flag(lang))
                .arg(trees_flag(lang)),
        )
        .subcommand(
            Command::new("check")
                .about(lang.pick(
                    "Kontrollera att träden är sunda och att varje prövat fall håller",
                    "Check that the trees are sound and that every worked case holds",
                ))
                .arg(trees_flag(lang)),
        )
        .subcommands([prove(lang), diff(lang)])
        .subcommand(
            Command::new("draw")
                .about(lang.pick(
                    "Rita ett träd, eller alla, för Mermaid eller Graphviz",
                    "Draw a tree, or all of them, for Mermaid or Graphviz",
                ))
                .arg(tree.clone())
                .arg(route_flag(lang))
                .arg(
                    value(
                        "format",
                        "mermaid|dot",
                        lang.pick(
                            "mermaid (om inget anges) eller dot, för Graphviz",
                            "mermaid (if none is given) or dot, for Graphviz",
                        ),
                    )
                    .value_parser(["mermaid", "dot"])
                    .hide_possible_values(true),
                )
                .arg(cited_flag(lang))
                .arg(trees_flag(lang)),
        )
        .subcommand(
            Command::new("book")
                .about(lang.pick(
                    "Skriv ett träd, eller alla, med hjälptexter och lagrum, för papper",
                    "Write a tree, or all of them, with help and sections, for paper",
                ))
                .arg(tree)
                .arg(route_flag(lang))
                .arg(cited_flag(lang))
                .arg(trees_flag(lang)),
        )
}

fn cited_flag(lang: Lang) -> Arg {
    day_flag(
        lang,
        lang.pick(
            "Lagrummen den dagen; annars i dag",
            "The sections of that day; otherwise today",
        ),
    )
}

fn route_flag(lang: Lang) -> Arg {
    value(
        "route",
        lang.pick("VÄG", "ROUTE"),
        lang.pick(
            "Bara det som hör till en väg, till exempel duty-to-report",
            "Only what belongs to a route, for example duty-to-report",
        ),
    )
}

fn prove(lang: Lang) -> Command {
    Command::new("prove")
        .about(lang.pick(
            "Bevisa påståendena i invariants.toml på varje väg genom träden",
            "Prove the claims of invariants.toml on every path of the trees",
        ))
        .arg(flag(
            "mutate",
            lang.pick(
                "Ändra träden ett steg i taget och visa vad som märker det",
                "Change the trees one step at a time and show what notices",
            ),
        ))
        .arg(trees_flag(lang))
}

fn diff(lang: Lang) -> Command {
    Command::new("diff")
        .about(lang.pick(
            "Visa vilka svar som får ett annat utfall i en ändrad mapp",
            "Show which answers get another outcome in a changed folder",
        ))
        .arg(
            Arg::new("old")
                .value_name(lang.pick("GAMMAL", "OLD"))
                .required(true)
                .help(lang.pick(
                    "Mappen före ändringen; ensam är den den nya, mot de inbyggda",
                    "The folder before; alone it is the new one, against the built-in",
                )),
        )
        .arg(
            Arg::new("new")
                .value_name(lang.pick("NY", "NEW"))
                .help(lang.pick("Mappen efter ändringen", "The folder after")),
        )
}

fn law(lang: Lang) -> Command {
    Command::new("law")
        .alias("lag")
        .about(lang.pick(
            "Vad som gäller en dag, sedan när, och när det senast kontrollerades (även: lag)",
            "What is in force on a day, since when, and when it was last checked (also: lag)",
        ))
        .arg(
            Arg::new("key")
                .value_name(lang.pick("NYCKEL", "KEY"))
                .help(lang.pick(
                    "En bestämmelse eller en myndighet, till exempel osl-10-27",
                    "A provision or an authority, for example osl-10-27",
                )),
        )
        .arg(day_flag(
            lang,
            lang.pick(
                "Dagen, åååå-mm-dd; annars i dag",
                "The day, yyyy-mm-dd; otherwise today",
            ),
        ))
        .arg(trees_flag(lang))
}

fn settings(lang: Lang) -> Command {
    Command::new("settings")
        .alias("installningar")
        .about(lang.pick(
            "Visa eller ändra vem du är och var prövningar skrivs (även: installningar)",
            "Show or change who you are and where records are written (also: installningar)",
        ))
        .args(person_flags(lang))
        .arg(
            value(
                "out",
                lang.pick("MAPP", "FOLDER"),
                lang.pick("Mapp för prövningar", "Folder for records"),
            )
            .short('o'),
        )
        .arg(value(
            "keep-drafts",
            lang.pick("DAGAR", "DAYS"),
            lang.pick(
                "Hur många dagar ett utkast sparas, 1 till 365; annars 30",
                "How many days a draft is kept, 1 to 365; otherwise 30",
            ),
        ))
        .arg(
            value(
                "language",
                "sv|en",
                lang.pick("Språk som gäller tills vidare", "Language from now on"),
            )
            .value_parser(["sv", "en"])
            .hide_possible_values(true),
        )
}

fn schema(lang: Lang) -> Command {
    Command::new("schema")
        .about(lang.pick(
            "JSON-schemat för prövningar (record), svarsdokument (answers), granskningar (review), expedieringar (dispatch) eller vägledningar (guide, guide-answers)",
            "The JSON schema of records (record), answers documents (answers), reviews (review), dispatches (dispatch) or guides (guide, guide-answers)",
        ))
        .arg(
            Arg::new("which")
                .value_name("SCHEMA")
                .required(true)
                .value_parser(["record", "answers", "review", "dispatch", "guide", "guide-answers"])
                .hide_possible_values(true)
                .help(lang.pick("Vilket schema", "Which schema")),
        )
        .arg(trees_flag(lang))
}

fn completions(lang: Lang) -> Command {
    let shells = PossibleValuesParser::new(["bash", "elvish", "fish", "powershell", "zsh"]);
    Command::new("completions")
        .about(lang.pick(
            "Skriv ut kommandokomplettering för ett skal",
            "Print completions for a shell",
        ))
        .arg(
            Arg::new("shell")
                .value_name(lang.pick("SKAL", "SHELL"))
                .required(true)
                .value_parser(shells)
                .hide_possible_values(true)
                .help("bash, elvish, fish, powershell, zsh"),
        )
}

fn man(lang: Lang) -> Command {
    Command::new("man").about(lang.pick("Skriv ut manualsidan", "Print the manual page"))
}

/// Shows help and version, and says usage errors in the language.
pub(crate) fn report(lang: Lang, error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        return if crate::cli::out(&error.to_string()).is_ok() {
            Exit::Done
        } else {
            Exit::CouldNot
        };
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        say(error.to_string().trim_end());
        return Exit::Usage;
    }
    crate::cli::say_wrong(&sentence(lang, error));
    say(lang.pick("Hjälp: sekretesskoll --help", "Help: sekretesskoll --help"));
    Exit::Usage
}

fn sentence(lang: Lang, error: &clap::Error) -> String {
    let get = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, given) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .map(get)
    .into_iter()
    .find(|near| !near.is_empty());
    let hint = near
        .map(|near| crate::cli::phrases::did_you_mean(lang, &near))
        .unwrap_or_default();
    let subcommand = get(ContextKind::InvalidSubcommand);
    // A parser of our own says in its error what it takes.
    let choices = match std::error::Error::source(error) {
        Some(takes) if get(ContextKind::ValidValue).is_empty() => takes.to_string(),
        _ => get(ContextKind::ValidValue),
    };
    match (error.kind(), lang) {
        (ErrorKind::UnknownArgument, Lang::Sv) => {
            format!("flaggan eller argumentet `{argument}` finns inte här{hint}")
        }
        (ErrorKind::UnknownArgument, Lang::En) => {
            format!("there is no option or argument `{argument}` here{hint}")
        }
        (ErrorKind::InvalidSubcommand, Lang::Sv) => {
            format!("kommandot `{subcommand}` finns inte{hint}")
        }
        (ErrorKind::InvalidSubcommand, Lang::En) => {
            format!("there is no command `{subcommand}`{hint}")
        }
        (ErrorKind::InvalidValue, Lang::Sv) if given.is_empty() => {
            format!("`{argument}` kräver ett värde")
        }
        (ErrorKind::InvalidValue, Lang::En) if given.is_empty() => {
            format!("`{argument}` needs a value")
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Lang::Sv) => {
            format!("`{given}` är inget värde för `{argument}`; välj bland {choices}")
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Lang::En) => {
            format!("`{given}` is no value of `{argument}`; choose among {choices}")
        }
        (ErrorKind::MissingRequiredArgument, Lang::Sv) => format!("argumentet {argument} saknas"),
        (ErrorKind::MissingRequiredArgument, Lang::En) => {
            format!("the argument {argument} is missing")
        }
        (ErrorKind::ArgumentConflict, Lang::Sv) => format!(
            "`{argument}` går inte ihop med `{}`",
            get(ContextKind::PriorArg)
        ),
        (ErrorKind::ArgumentConflict, Lang::En) => format!(
            "`{argument}` cannot be combined with `{}`",
            get(ContextKind::PriorArg)
        ),
        (ErrorKind::MissingSubcommand, Lang::Sv) => "ett kommando saknas".to_owned(),
        (ErrorKind::MissingSubcommand, Lang::En) => "a command is missing".to_owned(),
        (_, Lang::Sv) => format!("fel användning av `{argument}`"),
        (_, Lang::En) => format!("wrong usage of `{argument}`"),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join(", "),
        other => other.to_string(),
    }
}
