//! `train`: the training room.

use clap::{Arg, ArgAction, Command};

use sekretesskoll::language::Lang;

use super::{flag, plain_flag, trees_flag, value};

pub(super) fn train(lang: Lang) -> Command {
    Command::new("train")
        .alias("ova")
        .about(lang.pick(
            "Öva: övningar med återkoppling, och resultat för en klass (även: ova)",
            "Train: exercises with feedback, and results for a class (also: ova)",
        ))
        .args_conflicts_with_subcommands(true)
        .arg(exercise(lang))
        .arg(flag(
            "exam",
            lang.pick(
                "Återkoppling först när övningen är klar",
                "Feedback only when the exercise is done",
            ),
        ))
        .arg(plain_flag(lang))
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
                "document",
                lang.pick(
                    "Skriv ut övningens svarsdokument, att fylla i",
                    "Print the exercise's answers document, to be filled in",
                ),
            )
            .conflicts_with_all(["answers", "exam"]),
        )
        .arg(
            value(
                "class",
                lang.pick("MAPP", "FOLDER"),
                lang.pick(
                    "Visa var klassen går fel, ur en mapp med resultat",
                    "Show where the class goes wrong, from a folder of results",
                ),
            )
            .conflicts_with_all(["exercise", "exam", "plain", "answers", "document"]),
        )
        .arg(
            value(
                "format",
                "table|csv|html",
                lang.pick(
                    "Hur klassens resultat skrivs; annars table",
                    "How the results of the class are written; otherwise table",
                ),
            )
            .value_parser(["table", "csv", "html"])
            .hide_possible_values(true)
            .requires("class"),
        )
        .arg(out_file(lang).requires("class").conflicts_with("exercise"))
        .args(sources(lang))
        .subcommands([
            solution(lang),
            hand_in(lang),
            reset(lang),
            export(lang),
            new(lang),
            check(lang),
        ])
}

fn exercise(lang: Lang) -> Arg {
    Arg::new("exercise")
        .value_name(lang.pick("ÖVNING", "EXERCISE"))
        .display_order(0)
        .help(lang.pick(
            "Övningens nummer eller namn; utan den visas listan",
            "The exercise's number or name; without it the list is shown",
        ))
}

fn exercises_flag(lang: Lang) -> Arg {
    value(
        "exercises",
        lang.pick("MAPP", "FOLDER"),
        lang.pick(
            "Läs övningarna från en mapp i stället för de inbyggda",
            "Read the exercises from a folder instead of the built-in ones",
        ),
    )
}

fn sources(lang: Lang) -> [Arg; 2] {
    [exercises_flag(lang), trees_flag(lang)]
}

fn out_file(lang: Lang) -> Arg {
    value(
        "out",
        lang.pick("FIL", "FILE"),
        lang.pick(
            "En ny fil; annars standard out",
            "A new file; otherwise standard out",
        ),
    )
    .short('o')
}

fn solution(lang: Lang) -> Command {
    Command::new("solution")
        .about(lang.pick(
            "Visa expertens lösning, när du har försökt",
            "Show the expert's solution, once you have tried",
        ))
        .arg(exercise(lang).required(true))
        .args(sources(lang))
}

fn hand_in(lang: Lang) -> Command {
    Command::new("hand-in")
        .about(lang.pick(
            "Lägg dina resultat i en mapp för gruppledaren, utan namn",
            "Put your results in a folder for the group leader, without a name",
        ))
        .arg(
            Arg::new("folder")
                .value_name(lang.pick("MAPP", "FOLDER"))
                .required(true)
                .help(lang.pick(
                    "Mappen för klassens resultat",
                    "The folder for the results of the class",
                )),
        )
        .arg(value(
            "as",
            lang.pick("NAMN", "NAME"),
            lang.pick(
                "Kalla dig något annat än slumpade tecken",
                "Call yourself something else than signs by chance",
            ),
        ))
}

fn reset(lang: Lang) -> Command {
    Command::new("reset")
        .about(lang.pick(
            "Glöm vad du har gjort i en övning, eller i alla",
            "Forget what you have done in an exercise, or in all",
        ))
        .arg(exercise(lang))
        .arg(flag("all", lang.pick("Alla övningar", "All exercises")).conflicts_with("exercise"))
        .args(sources(lang))
}

fn export(lang: Lang) -> Command {
    Command::new("export")
        .about(lang.pick(
            "Skriv övningarna för Moodle (GIFT), eller resultat som xAPI",
            "Write the exercises for Moodle (GIFT), or results as xAPI",
        ))
        .arg(
            flag(
                "gift",
                lang.pick("Övningarna som GIFT", "The exercises as GIFT"),
            )
            .required_unless_present("xapi"),
        )
        .arg(
            value(
                "xapi",
                lang.pick("MAPP", "FOLDER"),
                lang.pick(
                    "En mapp med resultat som xAPI-satser",
                    "A folder of results as xAPI statements",
                ),
            )
            .conflicts_with("gift"),
        )
        .arg(
            value(
                "home",
                "URL",
                lang.pick(
                    "Er egen webbadress, som satserna namnges med",
                    "Your own web address, which the statements are named by",
                ),
            )
            .requires("xapi"),
        )
        .arg(
            value(
                "only",
                lang.pick("ÖVNING", "EXERCISE"),
                lang.pick(
                    "Bara den här övningen (kan upprepas)",
                    "This exercise only (can be repeated)",
                ),
            )
            .action(ArgAction::Append),
        )
        .arg(out_file(lang))
        .args(sources(lang))
}

fn new(lang: Lang) -> Command {
    Command::new("new")
        .about(lang.pick(
            "Börja på en egen övning, att fylla i och pröva med check",
            "Begin an exercise of your own, to fill in and try with check",
        ))
        .arg(
            Arg::new("name")
                .value_name(lang.pick("NAMN", "NAME"))
                .required(true)
                .help(lang.pick(
                    "Övningens namn: små bokstäver a–z och bindestreck",
                    "The exercise's name: small letters a–z and hyphens",
                )),
        )
        .arg(
            value(
                "out",
                lang.pick("MAPP", "FOLDER"),
                lang.pick(
                    "Mapp för filen; annars den här",
                    "Folder for the file; otherwise this one",
                ),
            )
            .short('o'),
        )
}

fn check(lang: Lang) -> Command {
    Command::new("check")
        .about(lang.pick(
            "Pröva att övningarna går att lösa, och visa vad de övar",
            "Prove that the exercises can be solved, and show what they exercise",
        ))
        .args(sources(lang))
}
