//! The driver: builds the contenders, has documents made, times everything in one run and writes one page of figures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use bench::report::{Report, machine, megabytes, thousands};
use bench::rounds::{Contender, in_turns, median, spread};
use bench::runs::{Ran, build, find, lines_of, run};

const USAGE: &str = "usage: bench [--full] [--write] [--only SECTION] [--data FOLDER] [--jsonschema-cli FILE] [--program FILE]\n\
                     sections: answers, records, folder, lines, start, documents, items";

/// What a run was asked to do.
struct Asked {
    full: bool,
    write: bool,
    only: Option<String>,
    data: PathBuf,
    jsonschema: Option<PathBuf>,
    /// Another build of the program than this folder's.
    program: Option<PathBuf>,
}

/// Programs and folders.
struct Bench {
    asked: Asked,
    root: PathBuf,
    built: Vec<(String, PathBuf)>,
    /// Whether the program has the command `check`.
    check: bool,
}

fn main() -> Result<()> {
    let asked = asked().context(USAGE)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()?;
    fs::create_dir_all(&asked.data)?;
    let mut bench = Bench {
        asked,
        root,
        built: Vec::new(),
        check: false,
    };
    let began = machine();
    bench.build()?;
    let mut report = Report::default();
    let size = if bench.asked.full { "full" } else { "small" };
    report.says(&format!("Run: {size}. {began}. Made with seed 1027."));
    let sections: [(&str, Section); 7] = [
        ("answers", Bench::answers),
        ("records", Bench::records),
        ("folder", Bench::folder),
        ("lines", Bench::lines),
        ("start", Bench::start),
        ("documents", Bench::documents),
        ("items", Bench::items),
    ];
    for (name, section) in sections {
        if bench.asked.only.as_deref().is_none_or(|only| only == name) {
            section(&bench, &mut report).with_context(|| format!("section `{name}`"))?;
        }
    }
    if bench.asked.write || (bench.asked.full && bench.asked.only.is_none()) {
        report.write(&bench.root.join("docs/performance.md"))?;
    }
    Ok(())
}

type Section = fn(&Bench, &mut Report) -> Result<()>;

fn asked() -> Result<Asked> {
    let data = std::env::temp_dir().join("sekretesskoll-bench");
    let mut asked = Asked {
        full: false,
        write: false,
        only: None,
        data,
        jsonschema: None,
        program: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .with_context(|| format!("{flag} needs a value"))
        };
        match flag.as_str() {
            "--full" => asked.full = true,
            "--write" => asked.write = true,
            "--only" => asked.only = Some(value()?),
            "--data" => asked.data = value()?.into(),
            "--program" => asked.program = Some(value()?.into()),
            "--jsonschema-cli" => asked.jsonschema = Some(value()?.into()),
            other => bail!("unknown: {other}"),
        }
    }
    Ok(asked)
}

impl Bench {
    fn build(&mut self) -> Result<()> {
        let own = self.root.join("tests/bench");
        for manifest in [
            own.join("Cargo.toml"),
            own.join("floor/Cargo.toml"),
            own.join("peers/Cargo.toml"),
        ] {
            self.built.extend(build(&manifest)?);
        }
        match &self.asked.program {
            Some(program) => self
                .built
                .push(("sekretesskoll".to_owned(), program.clone())),
            None => self.built.extend(build(&self.root.join("Cargo.toml"))?),
        }
        let mut help = Command::new(self.program("sekretesskoll")?);
        self.check = run(help.args(["check", "--help"]))?.code == Some(0);
        Ok(())
    }

    fn program(&self, name: &str) -> Result<&Path> {
        let found = self.built.iter().find(|(built, _)| built == name);
        found
            .map(|(_, file)| file.as_path())
            .with_context(|| format!("{name} was not built"))
    }

    /// One figure for the small run, another for the full.
    const fn sized(&self, small: u64, full: u64) -> u64 {
        if self.asked.full { full } else { small }
    }

    fn schema(&self, name: &str) -> String {
        self.root
            .join("docs")
            .join(format!("{name}.schema.json"))
            .display()
            .to_string()
    }

    /// Has documents made, unless they lie there from an earlier run; their path and size.
    fn made(&self, name: &str, count: u64, flags: &[&str]) -> Result<(String, u64)> {
        let path = self.asked.data.join(format!("{name}-{count}"));
        let text = path.display().to_string();
        let marker = self.asked.data.join(format!("{name}-{count}.made"));
        let generator = self.program("generate")?;
        // Documents of another generator are made again.
        let stamp = format!("{:?} {flags:?}", fs::metadata(generator)?.modified()?);
        if fs::read_to_string(&marker).ok().as_deref() != Some(stamp.as_str()) {
            if path.is_dir() {
                fs::remove_dir_all(&path)?;
            }
            let replaced: Vec<String> =
                flags.iter().map(|flag| flag.replace("{}", &text)).collect();
            let output = Command::new(generator)
                .args(replaced)
                .args(["--count", &count.to_string()])
                .output()?;
            if !output.status.success() {
                bail!("the generator: {}", String::from_utf8_lossy(&output.stderr));
            }
            fs::write(&marker, stamp)?;
        }
        let size = if path.is_file() {
            fs::metadata(&path)?.len()
        } else {
            0
        };
        Ok((text, size))
    }

    fn answers(&self, report: &mut Report) -> Result<()> {
        let count = self.sized(4_000, 20_000);
        let rules = self.asked.data.join("rules.json").display().to_string();
        let flags = ["--lines", "{}", "--rules", &rules, "--known", "{}.known"];
        let (file, bytes) = self.made("answers", count, &flags)?;
        let bytes = bytes as f64 / count as f64;
        let (known, schema) = (format!("{file}.known"), self.schema("answers"));
        let (contender, peers) = (
            self.program("contender")?,
            self.program("sekretesskoll-bench-peers")?,
        );
        let floor = self.program("sekretesskoll-bench-floor")?;
        let contenders = vec![
            Contender::start("floor: `serde_json::from_slice::<Value>`", floor, &[&file])?,
            Contender::start(
                "the same with `preserve_order`",
                contender,
                &["ordered", &file],
            )?,
            Contender::start(
                "jsonschema 0.60.2: parse and validate",
                peers,
                &["schema", &file, &schema],
            )?,
            Contender::start(
                "datalogic-rs 5.4.0: parse and decide items",
                peers,
                &["datalogic", &file, &rules, &known],
            )?,
            Contender::start(
                "**sekretesskoll**: parse, decide all, explain",
                contender,
                &["decide", &file],
            )?,
            Contender::start(
                "sekretesskoll: that, and all that `check` finds",
                contender,
                &["answers", &file, &known],
            )?,
        ];
        let timed = in_turns(contenders, self.rounds())?;
        report.heading("Decisions, one core");
        report.says(&format!(
            "{} answers documents of 2–6 items, {bytes:.0} bytes each on average, in memory. {} rounds in turns; the ratio \
             is the median of the ratios round by round.",
            thousands(count as f64),
            self.rounds()
        ));
        report.turns(&timed, bytes);
        report.says(
            "datalogic-rs decides the items and nothing else: not the route, what is missing, sending or closing. What \
             law, day and authority make of an item is handed to it ready and read before the clock starts; its rules are \
             the item tree written out path by path. Every outcome is held against ours first. It keeps no path.",
        );
        Ok(())
    }

    fn records(&self, report: &mut Report) -> Result<()> {
        let count = self.sized(1_000, 5_000);
        report.heading("Records, one core");
        for (name, shape) in [
            ("records", "on one line"),
            ("pretty", "indented, as the program writes them"),
        ] {
            let mut flags = vec!["--records", "--lines", "{}"];
            if name == "pretty" {
                flags.push("--pretty");
            }
            let (file, bytes) = self.made(name, count, &flags)?;
            let bytes = bytes as f64 / count as f64;
            let schema = self.schema("record");
            let (contender, peers) = (
                self.program("contender")?,
                self.program("sekretesskoll-bench-peers")?,
            );
            let floor = self.program("sekretesskoll-bench-floor")?;
            let contenders = vec![
                Contender::start("floor: `serde_json::from_slice::<Value>`", floor, &[&file])?,
                Contender::start(
                    "the same with `preserve_order`",
                    contender,
                    &["ordered", &file],
                )?,
                Contender::start(
                    "jsonschema 0.60.2: parse and validate",
                    peers,
                    &["schema", &file, &schema],
                )?,
                Contender::start(
                    "**sekretesskoll**: parse, digest, replay",
                    contender,
                    &["record", &file],
                )?,
            ];
            let timed = in_turns(contenders, self.rounds())?;
            let count = thousands(count as f64);
            report.says(&format!(
                "{count} records {shape}, {bytes:.0} bytes each on average, in memory."
            ));
            report.turns(&timed, bytes);
        }
        Ok(())
    }

    fn rounds(&self) -> usize {
        if self.asked.full { 31 } else { 11 }
    }

    fn folder(&self, report: &mut Report) -> Result<()> {
        let count = self.sized(3_000, 100_000);
        let (folder, _) = self.made(
            "folder",
            count,
            &["--records", "--pretty", "--folder", "{}"],
        )?;
        let times = usize::try_from(self.sized(3, 7))?;
        report.heading("A folder of record files");
        report.says(&format!(
            "{} files, indented as the program writes them, in folders of a thousand; read once before. {times} runs in turns.",
            thousands(count as f64)
        ));
        let check = self.check(&[&folder])?;
        let peer = find(self.asked.jsonschema.clone(), "jsonschema-cli").map(|cli| {
            // It takes files and no folders, and so many names are more than a shell hands on by default.
            let script = "ulimit -s 65536 || exit 9; cd \"$2\" && exec \"$0\" validate \"$1\" --errors-only -i */*.json";
            let mut command = Command::new("sh");
            command.args(["-c", script]).arg(cli).args([&self.schema("record"), &folder]);
            command
        });
        let rows = vec![
            ("sekretesskoll check", check),
            ("jsonschema-cli validate", peer),
        ];
        programs(report, rows, count as f64, times)
    }

    fn check(&self, arguments: &[&str]) -> Result<Option<Command>> {
        let mut command = Command::new(self.program("sekretesskoll")?);
        command.arg("check").args(arguments);
        Ok(self.check.then_some(command))
    }

    fn lines(&self, report: &mut Report) -> Result<()> {
        let counts = if self.asked.full {
            [50_000, 500_000]
        } else {
            [2_000, 20_000]
        };
        report.heading("One file of lines");
        report.says("Answers documents, one on each line, `check --format jsonl`; the verdicts are thrown away.");
        self.by_count(report, &counts)
    }

    fn documents(&self, report: &mut Report) -> Result<()> {
        let counts: &[u64] = if self.asked.full {
            &[1_000, 10_000, 100_000, 1_000_000]
        } else {
            &[100, 1_000, 10_000]
        };
        report.heading("How cost grows with documents");
        self.by_count(report, counts)
    }

    fn by_count(&self, report: &mut Report, counts: &[u64]) -> Result<()> {
        if !self.check {
            report.says("Not measured: the program has no command `check`.");
            return Ok(());
        }
        let mut rows = Vec::new();
        for count in counts {
            let (file, bytes) = self.made("lines", *count, &["--lines", "{}"])?;
            let mut check = self
                .check(&["--format", "jsonl", &file])?
                .context("no command")?;
            let verdicts = lines_of(&mut check)?;
            anyhow::ensure!(
                verdicts == *count,
                "{verdicts} verdicts for {count} documents"
            );
            let ran: Vec<Ran> = (0..3).map(|_| run(&mut check)).collect::<Result<_>>()?;
            let mut row = vec![thousands(*count as f64), megabytes(bytes)];
            row.extend(figures(&ran, *count as f64));
            rows.push(row);
        }
        let head = ["documents", "size"].into_iter().chain(FIGURES);
        report.table(&head.collect::<Vec<_>>(), &rows);
        Ok(())
    }

    fn start(&self, report: &mut Report) -> Result<()> {
        let (folder, _) = self.made("one", 1, &["--records", "--pretty", "--folder", "{}"])?;
        let file = format!("{folder}/0000/0000000.json");
        let peer = find(self.asked.jsonschema.clone(), "jsonschema-cli").map(|cli| {
            let mut command = Command::new(cli);
            command.args([
                "validate",
                &self.schema("record"),
                "--errors-only",
                "-i",
                &file,
            ]);
            command
        });
        let mut nothing = Command::new("true");
        let mut version = Command::new(self.program("sekretesskoll")?);
        nothing.env_clear();
        version.arg("--version");
        report.heading("Start-up: one record file");
        let rows = vec![
            ("true", Some(nothing)),
            ("sekretesskoll --version", Some(version)),
            ("sekretesskoll check", self.check(&[&file])?),
            ("jsonschema-cli validate", peer),
        ];
        self.in_milliseconds(report, rows)
    }

    fn in_milliseconds(
        &self,
        report: &mut Report,
        mut commands: Vec<(&str, Option<Command>)>,
    ) -> Result<()> {
        let times = self.sized(30, 200);
        let mut took: Vec<Vec<f64>> = commands.iter().map(|_| Vec::new()).collect();
        for round in 0..=times {
            for ((_, command), took) in commands.iter_mut().zip(&mut took) {
                let Some(command) = command else { continue };
                let one = run(command)?;
                if round > 0 {
                    took.push(one.seconds * 1_000.0);
                }
            }
        }
        let row = |(name, took): (&str, &Vec<f64>)| {
            if took.is_empty() {
                return vec![
                    name.to_owned(),
                    "not measured: no such program here".to_owned(),
                ];
            }
            let (least, most) = spread(took);
            vec![
                name.to_owned(),
                format!("{:.2}", median(took)),
                format!("{least:.2}–{most:.2}"),
            ]
        };
        let rows: Vec<Vec<String>> = commands
            .iter()
            .map(|(name, _)| *name)
            .zip(&took)
            .map(row)
            .collect();
        report.says(&format!("{times} starts in turns."));
        report.table(&["", "milliseconds, median", "min–max"], &rows);
        Ok(())
    }

    fn items(&self, report: &mut Report) -> Result<()> {
        let (contender, floor) = (
            self.program("contender")?,
            self.program("sekretesskoll-bench-floor")?,
        );
        let mut rows = Vec::new();
        for items in [1, 2, 5, 10, 20, 50, 100, 200] {
            let count = (self.sized(10_000, 100_000) / items).max(50);
            let (each, distinct) = (items.to_string(), count.min(200).to_string());
            let flags = ["--items", &each, "--distinct", &distinct, "--lines", "{}"];
            let (file, bytes) = self.made(&format!("items-{items}"), count, &flags)?;
            let contenders = vec![
                Contender::start("floor", floor, &[&file])?,
                Contender::start("ours", contender, &["answers", &file])?,
            ];
            let timed = in_turns(contenders, self.rounds())?;
            let [floor, ours] = timed.as_slice() else {
                bail!("two contenders")
            };
            rows.push(vec![
                each,
                format!("{:.0}", bytes as f64 / count as f64),
                format!("{:.2}", floor.median()),
                format!("{:.2}", ours.median()),
                format!("{:.2}", ours.median() / (items + 1) as f64),
                format!("{:.2}", 1.0 / ours.ratio(floor)),
            ]);
        }
        report.heading("How cost grows with items");
        report.says("In memory, one core; an item more than listed, since the first one always stands there.");
        let head = [
            "items",
            "bytes",
            "floor, µs",
            "sekretesskoll, µs",
            "µs an item",
            "times as fast as the floor",
        ];
        report.table(&head, &rows);
        Ok(())
    }
}

/// Whole programs in turns, after one run each that is not counted.
fn programs(
    report: &mut Report,
    mut commands: Vec<(&str, Option<Command>)>,
    count: f64,
    times: usize,
) -> Result<()> {
    let mut ran: Vec<Vec<Ran>> = commands.iter().map(|_| Vec::new()).collect();
    for round in 0..=times {
        for ((name, command), ran) in commands.iter_mut().zip(&mut ran) {
            let Some(command) = command else { continue };
            let one = run(command)?;
            // 3 is *found something*, which random documents give.
            anyhow::ensure!(
                matches!(one.code, Some(0 | 3)),
                "{name} ended with {:?}",
                one.code
            );
            if round > 0 {
                ran.push(one);
            }
        }
    }
    let row = |(name, ran): (&str, &Vec<Ran>)| {
        if ran.is_empty() {
            return vec![
                name.to_owned(),
                "not measured: no such program here".to_owned(),
            ];
        }
        let mut row = vec![name.to_owned()];
        row.extend(figures(ran, count));
        row
    };
    let rows: Vec<Vec<String>> = commands
        .iter()
        .map(|(name, _)| *name)
        .zip(&ran)
        .map(row)
        .collect();
    let head = [""].into_iter().chain(FIGURES);
    report.table(&head.collect::<Vec<_>>(), &rows);
    Ok(())
}

const FIGURES: [&str; 5] = [
    "seconds, median",
    "min–max",
    "documents/s",
    "cores used",
    "peak memory",
];

/// The figures of some runs of one program.
fn figures(ran: &[Ran], count: f64) -> [String; 5] {
    let seconds: Vec<f64> = ran.iter().map(|ran| ran.seconds).collect();
    let (least, most) = spread(&seconds);
    let middle = median(&seconds);
    let cores: Vec<f64> = ran.iter().map(|ran| ran.processor / ran.seconds).collect();
    let peak = ran.iter().map(|ran| ran.peak).max().unwrap_or(0);
    [
        format!("{middle:.3}"),
        format!("{least:.3}–{most:.3}"),
        thousands(count / middle),
        format!("{:.2}", median(&cores)),
        megabytes(peak),
    ]
}
