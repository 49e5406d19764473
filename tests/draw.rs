//! The trees drawn and on paper: all of a tree is there and nothing else, on every route, in both languages.
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

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use program::Home;
use sekretesskoll::fact::Fact;
use sekretesskoll::language::Lang;
use sekretesskoll::tree::excerpt::Excerpt;
use sekretesskoll::tree::words::Words;
use sekretesskoll::tree::{Answer, Question, Target, Tree, book, draw};
use sekretesskoll::trees::{Files, Trees};

/// Edges and nodes by id.
#[derive(Debug, Default, PartialEq, Eq)]
struct Graph {
    nodes: BTreeSet<String>,
    edges: BTreeSet<(String, String)>,
}

fn in_both_languages(trees: &Trees) -> impl Iterator<Item = Words<'_>> {
    Lang::ALL.into_iter().map(move |lang| Words {
        trees,
        day: trees.laws.version.parse().unwrap(),
        lang,
    })
}

fn id_of(tree: &Tree, target: Target) -> String {
    match target {
        Target::Question(at) => tree.question(at).id.clone(),
        Target::Outcome(at) => tree.outcome(at).id.clone(),
    }
}

fn targets(question: &Question) -> impl Iterator<Item = Target> {
    let answers = question.answers.iter().filter_map(|answer| answer.goto);
    answers.chain(question.goto)
}

fn whole(tree: &Tree) -> Graph {
    let mut graph = Graph::default();
    for question in &tree.questions {
        graph.nodes.insert(question.id.clone());
        for target in targets(question) {
            let edge = (question.id.clone(), id_of(tree, target));
            graph.edges.insert(edge);
        }
    }
    let outcomes = tree.outcomes.iter().map(|outcome| outcome.id.clone());
    graph.nodes.extend(outcomes);
    graph
}

/// What a Mermaid chart draws. Ids have underscores there.
fn read_mermaid(chart: &str) -> Graph {
    let mut graph = Graph::default();
    for line in chart.lines().skip(2) {
        let id = |word: &str| word.strip_prefix("n_").unwrap().replace('_', "-");
        let line = line.trim();
        let end = line.find(|sign: char| !(sign == '_' || sign.is_ascii_alphanumeric()));
        let (from, rest) = line.split_at(end.unwrap());
        if rest.starts_with(" -->") {
            let to = rest.rsplit(' ').next().unwrap();
            assert!(graph.edges.insert((id(from), id(to))), "twice: {line}");
        } else {
            assert!(graph.nodes.insert(id(from)), "twice: {line}");
        }
    }
    graph
}

/// What a Graphviz graph of one tree draws.
fn read_dot(graph: &str, tree: &str) -> Graph {
    let mut read = Graph::default();
    let prefix = format!("\"{tree}.");
    for line in graph.lines().map(str::trim) {
        let Some(rest) = line.strip_prefix(&prefix) else {
            continue;
        };
        let (from, rest) = rest.split_once('"').unwrap();
        match rest.split_once(&prefix).filter(|_| rest.starts_with(" ->")) {
            Some((_, to)) => {
                let to = to.split('"').next().unwrap();
                assert!(
                    read.edges.insert((from.to_owned(), to.to_owned())),
                    "{line}"
                );
            }
            None => assert!(read.nodes.insert(from.to_owned()), "twice: {line}"),
        }
    }
    read
}

#[test]
fn every_question_outcome_and_way_of_every_tree_is_drawn_once_in_both_formats() {
    let trees = Trees::built_in().unwrap();
    for words in in_both_languages(&trees) {
        for tree in trees.all() {
            let excerpt = Excerpt::whole(tree);
            let dot = draw::dot(words, std::slice::from_ref(&excerpt));
            assert_eq!(read_mermaid(&draw::mermaid(words, &excerpt)), whole(tree));
            assert_eq!(read_dot(&dot, &tree.name), whole(tree));
        }
    }
}

/// A book without its escapes and hard line breaks, as a reader sees it.
fn read(book: &str) -> String {
    let lines = book.replace("\\\n> ", "\n> ");
    lines.replace('\\', "")
}

/// The section of the book about an id.
fn section<'b>(book: &'b str, id: &str) -> &'b str {
    let named = format!("Id: `{id}`.");
    let mut sections = book
        .split("\n## ")
        .filter(|section| section.contains(&named));
    let section = sections.next().unwrap_or_else(|| panic!("{id} is missing"));
    assert!(sections.next().is_none(), "{id} stands twice");
    section
}

#[test]
fn every_question_answer_and_outcome_of_every_tree_is_in_the_book_with_all_that_belongs_to_it() {
    let trees = Trees::built_in().unwrap();
    for words in in_both_languages(&trees) {
        for tree in trees.all() {
            let book = read(&book::markdown(words, &Excerpt::whole(tree)));
            for question in &tree.questions {
                told(words, tree, question, section(&book, &question.id));
            }
            for outcome in &tree.outcomes {
                let section = section(&book, &outcome.id);
                let texts = [
                    Some(&outcome.text),
                    outcome.says.as_ref(),
                    outcome.next.as_ref(),
                ];
                for text in texts.into_iter().flatten() {
                    holds(section, text.get(words.lang));
                }
            }
        }
    }
}

/// That a section holds the longest part of a text between its placeholders.
fn holds(section: &str, text: &str) {
    let plain = text.split(['{', '}']).step_by(2);
    let longest = plain.max_by_key(|part| part.len()).unwrap();
    assert!(section.contains(longest.trim()), "{longest:?} in {section}");
}

fn told(words: Words<'_>, tree: &Tree, question: &Question, section: &str) {
    let texts = [&question.text, &question.hint];
    for text in texts.into_iter().flatten() {
        holds(section, text.get(words.lang));
    }
    let help = question
        .help
        .iter()
        .flat_map(|help| help.get(words.lang).trim().lines());
    help.for_each(|line| holds(section, line));
    for answer in &question.answers {
        let line = section
            .lines()
            .find(|line| line.contains(&format!("(`{}`)", answer.key)));
        let line = line.unwrap_or_else(|| panic!("{} has no {}", question.id, answer.key));
        let to = answer
            .goto
            .map(|target| format!("[{}]", words.number(target)));
        assert!(
            line.contains(&to.unwrap_or_else(|| "→".to_owned())),
            "{line}"
        );
        told_under(words, section, answer);
    }
    let leads = |other: &Question| targets(other).any(|to| id_of(tree, to) == question.id);
    for (at, _) in tree
        .questions
        .iter()
        .enumerate()
        .filter(|(_, other)| leads(other))
    {
        let link = format!("[{}]", words.number(Target::Question(at)));
        assert!(section.contains(&link), "{link} in {section}");
    }
}

fn told_under(words: Words<'_>, section: &str, answer: &Answer) {
    let texts = [&answer.text, &answer.says, &answer.assumes, &answer.open];
    for text in texts.into_iter().flatten() {
        holds(section, text.get(words.lang));
    }
    let required = words
        .lang
        .pick("En motivering krävs", "A motivation is required");
    assert!(
        !answer.motivation || section.contains(required),
        "{section}"
    );
    let opens = answer.opens.as_ref().map(|opens| words.opens(opens));
    assert!(
        opens.is_none_or(|opens| section.contains(&opens)),
        "{section}"
    );
}

#[test]
fn every_source_that_a_tree_names_stands_last_with_day_confidence_and_note() {
    let trees = Trees::built_in().unwrap();
    let home = Home::empty();
    let book = read(
        &home
            .run(&["trees", "book", "--on", &trees.laws.version])
            .out,
    );
    for name in ["route", "item", "sending", "closing"] {
        let toml = fs::read_to_string(format!("decision-trees/{name}.toml")).unwrap();
        let words: BTreeSet<&str> = toml.split(['"', '{', '}', ' ']).collect();
        for provision in trees.laws.provisions.values() {
            let Some(version) = provision.on(trees.laws.version.parse().unwrap()) else {
                continue;
            };
            let row = format!(
                "| {} | {} | {} | {} |",
                version.cite,
                provision.name.sv,
                provision.checked_on,
                provision.confidence.text(Lang::Sv)
            );
            let title = book
                .split("\n# ")
                .find(|part| part.contains(&format!("Trädet `{name}`")));
            let found = title.unwrap().contains(&row);
            assert!(
                found || !words.contains(provision.key.as_str()),
                "{name}: {row}"
            );
        }
    }
}

/// The ways of a tree that are open with the route given.
fn open_ways(tree: &Tree, route: &str) -> BTreeSet<(String, String)> {
    let of = |question: &Question| {
        let given = question
            .answer(route)
            .filter(|_| question.known == Some(Fact::Route));
        let ways: Vec<Target> = match given {
            Some((_, answer)) => answer.goto.into_iter().collect(),
            None => targets(question).collect(),
        };
        ways.into_iter()
            .map(|to| (question.id.clone(), id_of(tree, to)))
            .collect::<Vec<_>>()
    };
    tree.questions.iter().flat_map(of).collect()
}

/// What can be reached from an id, itself included.
fn reached(ways: &BTreeSet<(String, String)>, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([from.to_owned()]);
    loop {
        let next = ways.iter().filter(|(from, _)| reached.contains(from));
        let more: BTreeSet<String> = next.map(|(_, to)| to.clone()).collect();
        if more.is_subset(&reached) {
            return reached;
        }
        reached.extend(more);
    }
}

/// What lies on some path with the route given: begun at the start, and ended where it may.
fn on_some_path(tree: &Tree, route: &str) -> Graph {
    let ways = open_ways(tree, route);
    let begun = reached(&ways, &tree.question(tree.start).id);
    let end = tree.find_outcome(route);
    let ends = |id: &str| end.is_none_or(|end| reached(&ways, id).contains(&end.id));
    let passed = ways
        .iter()
        .filter(|(from, to)| begun.contains(from) && ends(to));
    let edges: BTreeSet<(String, String)> = passed.cloned().collect();
    let nodes = edges
        .iter()
        .flat_map(|(from, to)| [from.clone(), to.clone()]);
    Graph {
        nodes: nodes.collect(),
        edges,
    }
}

#[test]
fn a_drawing_cut_to_a_route_holds_exactly_what_some_path_on_that_route_passes() {
    let trees = Trees::built_in().unwrap();
    let words = in_both_languages(&trees).next().unwrap();
    for tree in trees.all() {
        for route in trees.routes() {
            let excerpt = Excerpt::of_route(tree, &route.id);
            let drawn = read_mermaid(&draw::mermaid(words, &excerpt));
            assert_eq!(
                drawn,
                on_some_path(tree, &route.id),
                "{} {}",
                tree.name,
                route.id
            );
        }
    }
}

#[test]
fn what_belongs_to_one_route_alone_is_not_drawn_or_told_on_the_other() {
    let home = Home::empty();
    let only = [
        ("item", "duty-to-report", "need-duty"),
        ("item", "duty-to-report", "duty-breaks"),
        ("item", "general-clause", "need-meaningful"),
        ("item", "general-clause", "evident"),
        ("item", "general-clause", "barred"),
        ("closing", "duty-to-report", "feedback"),
        ("closing", "general-clause", "signing-acute"),
        ("route", "duty-to-report", "old-suspicion"),
        ("route", "general-clause", "consent-details"),
    ];
    for (tree, own, id) in only {
        for route in ["duty-to-report", "general-clause"] {
            let drawn = home.run(&["trees", "draw", tree, "--route", route]).out;
            let told = home.run(&["trees", "book", tree, "--route", route]).out;
            assert_eq!(
                read_mermaid(&drawn).nodes.contains(id),
                route == own,
                "{id} {route}"
            );
            assert_eq!(
                told.contains(&format!("Id: `{id}`.")),
                route == own,
                "{id} {route}"
            );
        }
    }
}

#[test]
fn a_ground_that_nothing_on_the_route_opens_is_not_drawn_there() {
    let home = Home::empty();
    let ground = |route: &[&str]| {
        let drawn = home
            .run(&[&["trees", "draw", "item", "--lang", "en"], route].concat())
            .out;
        let line = drawn
            .lines()
            .find(|line| line.contains("n_ground -->"))
            .unwrap();
        line.replace("<br/>", " ")
    };
    let (duty, evident) = ("the duty to report", "it is evident");
    let none = ground(&[]);
    assert!(none.contains(duty) && none.contains(evident), "{none}");
    let bound = ground(&["--route", "duty-to-report"]);
    assert!(bound.contains(duty) && !bound.contains(evident), "{bound}");
    let general = ground(&["--route", "general-clause"]);
    assert!(
        !general.contains(duty) && general.contains(evident),
        "{general}"
    );
    let told = home
        .run(&["trees", "book", "item", "--route", "duty-to-report"])
        .out;
    let line = told
        .lines()
        .find(|line| line.contains("(`evident`)"))
        .unwrap();
    assert!(line.ends_with("→ hör inte till den här vägen"), "{line}");
}

#[test]
fn an_answer_that_is_refused_is_told_and_not_drawn() {
    let home = Home::empty();
    let refused = "Vanlig e-post, sms eller Mina meddelanden";
    for format in ["mermaid", "dot"] {
        let drawn = home
            .run(&["trees", "draw", "sending", "--format", format])
            .out;
        assert!(!drawn.contains("Vanlig e-post"), "{drawn}");
    }
    let told = home.run(&["trees", "book", "sending"]).out;
    let line = told.lines().find(|line| line.contains(refused)).unwrap();
    assert!(
        line.ends_with("(`open`) → godtas inte, frågan ställs igen"),
        "{line}"
    );
}

/// The smallest sound trees with another wording of the first question.
fn worded(wording: &str) -> Trees {
    let entries = fs::read_dir("tests/findings/base").unwrap();
    let paths = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file());
    let mut files: Files = paths
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    let route = files.get_mut("route.toml").unwrap();
    let changed = route.replace("\"Vem är du orolig för?\"", &format!("'{wording}'"));
    assert_ne!(*route, changed);
    *route = changed;
    Trees::from_files(&files).unwrap()
}

#[test]
fn signs_that_mean_something_to_a_format_are_only_themselves_in_labels() {
    let wordings = [
        (
            r#"Sade hon "nej"?"#,
            r"1 · Sade hon #34;nej#34;?",
            r#"1 · Sade hon \"nej\"?"#,
            r#"**Sade hon "nej"?**"#,
        ),
        (
            "Nr #1 & 2 <b>",
            "1 · Nr #35;1 #38; 2 #60;b#62;",
            "1 · Nr #1 &amp; 2 <b>",
            r"**Nr \#1 \& 2 \<b\>**",
        ),
        (
            r"a\n *b* _c_",
            "1 · a#92;n #42;b#42; #95;c#95;",
            r"1 · a\\n *b* _c_",
            r"**a\\n \*b\* \_c\_**",
        ),
        (
            "(a) [b] {{c; d|e",
            "1 · (a) [b] {{c; d|e",
            "1 · (a) [b] {{c; d|e",
            r"**(a) \[b\] {{c; d\|e**",
        ),
        (
            "åäö ÅÄÖ – é ‹›",
            "1 · åäö ÅÄÖ – é ‹›",
            "1 · åäö ÅÄÖ – é ‹›",
            "**åäö ÅÄÖ – é ‹›**",
        ),
        ("2. Två", "1 · 2. Två", "1 · 2. Två", r"**2\. Två**"),
    ];
    for (wording, mermaid, dot, paper) in wordings {
        let trees = worded(wording);
        let words = in_both_languages(&trees).next().unwrap();
        let excerpt = Excerpt::whole(&trees.route);
        let chart = draw::mermaid(words, &excerpt);
        assert!(chart.contains(&format!("n_whom[\"{mermaid}\"]")), "{chart}");
        let graph = draw::dot(words, std::slice::from_ref(&excerpt));
        assert!(graph.contains(&format!("label=\"{dot}\"]")), "{graph}");
        let book = book::markdown(words, &excerpt);
        assert!(book.contains(paper), "{book}");
    }
}

#[test]
fn no_line_of_a_label_is_wider_than_thirty_characters_but_for_a_single_word() {
    let trees = Trees::built_in().unwrap();
    for words in in_both_languages(&trees) {
        for tree in trees.all() {
            let graph = draw::dot(words, &[Excerpt::whole(tree)]);
            let labels = graph.lines().filter(|line| line.contains('.'));
            let labels = labels.filter_map(|line| line.split("label=\"").nth(1));
            let lines = labels.flat_map(|label| label.split("\"]").next().unwrap().split("\\n"));
            for line in lines {
                assert!(line.chars().count() <= 30 || !line.contains(' '), "{line}");
            }
        }
    }
}

#[test]
fn every_link_of_the_book_leads_to_one_heading() {
    let home = Home::empty();
    for lang in ["sv", "en"] {
        let book = home.run(&["trees", "book", "--lang", lang]).out;
        let anchor = |heading: &str| -> String {
            let heading = heading.to_lowercase().replace(' ', "-");
            let kept = heading
                .chars()
                .filter(|sign| sign.is_alphanumeric() || *sign == '-');
            kept.collect()
        };
        let headings: Vec<String> = book
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .map(anchor)
            .collect();
        let distinct: BTreeSet<&String> = headings.iter().collect();
        assert_eq!(distinct.len(), headings.len());
        let links = book
            .split("](#")
            .skip(1)
            .map(|rest| rest.split(')').next().unwrap());
        let links: Vec<String> = links.map(str::to_owned).collect();
        assert!(links.len() > 200, "{}", links.len());
        for link in &links {
            assert!(distinct.contains(link), "{link}");
        }
    }
}

#[test]
fn no_placeholder_and_no_key_stands_where_words_belong() {
    let trees = Trees::built_in().unwrap();
    let home = Home::empty();
    for lang in ["sv", "en"] {
        let all = home.run(&["trees", "book", "--lang", lang]).out
            + &home
                .run(&["trees", "draw", "--lang", lang, "--format", "dot"])
                .out;
        for name in sekretesskoll::cite::PLACEHOLDERS {
            assert!(!all.contains(&format!("{{{name}}}")), "{name}");
        }
        for key in trees.laws.provisions.keys() {
            assert!(!all.contains(&format!("{{{key}}}")), "{key}");
        }
    }
    let words = in_both_languages(&trees).next().unwrap();
    for question in trees.all().into_iter().flat_map(|tree| &tree.questions) {
        let Some(fact) = &question.known else {
            continue;
        };
        for key in fact.fixed_values().unwrap_or_default() {
            assert_ne!(words.value(fact, key), *key, "{fact}");
        }
        for answer in &question.answers {
            assert_ne!(words.value(fact, &answer.key), answer.key, "{fact}");
        }
    }
}

#[test]
fn what_depends_on_authority_or_item_stands_in_angle_brackets() {
    let home = Home::empty();
    let sv = home.run(&["trees", "book", "--on", "2026-11-22"]).out;
    for words in [
        "‹myndigheten›",
        "‹Myndigheten› ska anmäla",
        "‹dagen›",
        "‹uppgiftens bestämmelse›",
        "‹lagrummet om anmälningsskyldighet›",
        "‹lagrummet om förmånsuppgifter›",
        "‹myndighetens riktlinje›",
        "‹Vad den andra lagen innebär.› Ring",
        "‹lagen som gäller i stället för OSL›",
        "‹myndighetens regler om personuppgifter›",
        "‹lagrummet om uppgifter till polisen›",
    ] {
        assert!(sv.contains(words), "{words}");
    }
    for authority in Trees::built_in().unwrap().laws.authorities {
        assert!(
            !sv.contains(&format!("Har {}", authority.name.sv)),
            "{}",
            authority.key
        );
    }
}

#[test]
fn sections_are_cited_as_of_the_day() {
    let home = Home::empty();
    let on = |day| home.run(&["trees", "book", "route", "--on", day]).out;
    let (old, new) = (on("2025-06-30"), on("2026-11-22"));
    assert!(new.contains("Lagrum: 3 kap. 1 § SoL (2025:400)"), "{new}");
    assert!(!old.contains("(2025:400)"), "{old}");
    assert!(
        old.contains("| gäller inte 2025-06-30 | utlämnande mot brott"),
        "{old}"
    );
}

#[test]
fn all_trees_are_sections_of_one_document_or_clusters_of_one_graph() {
    let home = Home::empty();
    let sections = home.run(&["trees", "draw"]).out;
    let charts: Vec<&str> = sections.split("```mermaid\n").skip(1).collect();
    assert_eq!(charts.len(), 4);
    for (chart, name) in charts.iter().zip(["route", "item", "sending", "closing"]) {
        let one = home.run(&["trees", "draw", name]).out;
        assert_eq!(chart.split("```").next(), Some(one.as_str()), "{name}");
    }
    let graph = home.run(&["trees", "draw", "--format", "dot"]).out;
    assert_eq!(graph.matches("digraph").count(), 1);
    assert_eq!(graph.matches("subgraph \"cluster_").count(), 4);
    assert_eq!(graph.matches('{').count(), graph.matches('}').count());
}

#[test]
fn a_reader_that_stops_after_a_line_ends_the_command_and_nothing_breaks() {
    let home = Home::empty();
    for command in ["draw", "book"] {
        let mut child = home
            .command(&["trees", command])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert!(line.starts_with('#'), "{line}");
        let ended = child.wait_with_output().unwrap();
        assert_eq!(
            (ended.status.code(), ended.stderr.as_slice()),
            (Some(0), b"".as_slice())
        );
    }
}

#[test]
fn unknown_names_are_wrong_usage_with_the_nearest_word() {
    let home = Home::empty();
    for command in ["draw", "book"] {
        let wrong: [(&[&str], &str, &str); 4] = [
            (
                &["rout"],
                "det finns inget träd `rout`; menade du `route`?",
                "there is no tree `rout`; did you mean `route`?",
            ),
            (
                &["xyz"],
                "det finns inget träd `xyz`",
                "there is no tree `xyz`",
            ),
            (
                &["--route", "general-clausee"],
                "det finns ingen väg `general-clausee`; menade du `general-clause`?",
                "there is no route `general-clausee`; did you mean `general-clause`?",
            ),
            (
                &["--route", "consult"],
                "det finns ingen väg `consult`",
                "there is no route `consult`",
            ),
        ];
        for (args, sv, en) in wrong {
            for (lang, said) in [("sv", sv), ("en", en)] {
                let run = home.run(&[&["trees", command, "--lang", lang], args].concat());
                assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{args:?}");
                assert_eq!(run.err.trim_end(), format!("sekretesskoll: {said}"));
            }
        }
    }
    let run = home.run(&["trees", "draw", "--format", "png"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("välj bland mermaid, dot"), "{}", run.err);
}
