"""The verdicts of one process, of the same filter under Spark's `pipe`, and statistics over them in DuckDB.

Started by `run`, which makes the parts under FOLDER/input.
"""

import argparse
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import time

import duckdb
from pyspark.sql import SparkSession

COLUMNS = {
    "document": "VARCHAR",
    "kind": "VARCHAR",
    "verdict": "VARCHAR",
    "outcome": "VARCHAR",
    "items": "STRUCT(id VARCHAR, outcome VARCHAR)[]",
    "findings": "STRUCT(code VARCHAR, severity VARCHAR, place VARCHAR)[]",
}


def one_process(parts, command, out):
    """Every part in order through one process."""
    began = time.monotonic()
    with open(out, "wb") as verdicts:
        filtering = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=verdicts)
        for part in parts:
            with part.open("rb") as lines:
                shutil.copyfileobj(lines, filtering.stdin)
        filtering.stdin.close()
        code = filtering.wait()
    # 3 and 4 say that something was found: some documents are damaged.
    if code not in (0, 3, 4):
        sys.exit(f"one process ended with {code}")
    return time.monotonic() - began


def under_spark(parts, command, out):
    """The same command as a filter: one process for each part, two parts at a time."""
    spark = (
        SparkSession.builder.master("local[2]")
        .appName("sekretesskoll")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    shutil.rmtree(out, ignore_errors=True)
    began = time.monotonic()
    # Named one by one: the order in which a folder is listed is nobody's promise.
    lines = spark.sparkContext.textFile(",".join(str(part) for part in parts))
    count = lines.getNumPartitions()
    # A process that ends with 3 or 4 has found something and is no failure; one that dies is noticed, since its verdicts
    # are missing.
    lines.pipe(command).saveAsTextFile(out)
    took = time.monotonic() - began
    spark.stop()
    return took, count


def verdicts(files):
    """Verdicts in order, without the name of the document: under a filter a line has only its number within its part."""
    for file in files:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                verdict = json.loads(line)
                verdict.pop("document", None)
                # Spark reads text: bytes that are none become signs, and the line fails with another sentence.
                yield {"verdict": verdict["verdict"], "error": True} if "error" in verdict else verdict


def same(one, many):
    """How many verdicts there are, all of them equal and in the same order."""
    count = 0
    one, many = verdicts(one), verdicts(many)
    while True:
        left, right = next(one, None), next(many, None)
        if left is None and right is None:
            return count
        if left != right:
            sys.exit(f"verdict {count} differs:\n  one process: {left}\n  Spark:       {right}")
        count += 1


def statistics(files):
    """What a supervisor would ask of a year of verdicts."""
    source = f"read_json({[str(file) for file in files]!r}, format = 'newline_delimited', columns = {COLUMNS!r})"
    questions = {
        "Verdicts": f"SELECT kind, verdict, outcome, count(*) AS documents FROM {source} GROUP BY ALL ORDER BY ALL",
        "Outcomes of items": f"""
            SELECT item.outcome AS outcome, count(*) AS items
            FROM (SELECT unnest(items) AS item FROM {source}) GROUP BY ALL ORDER BY items DESC, outcome""",
        "Findings": f"""
            SELECT finding.code AS code, finding.severity AS severity, count(*) AS findings
            FROM (SELECT unnest(findings) AS finding FROM {source}) GROUP BY ALL ORDER BY findings DESC, code""",
    }
    for heading, question in questions.items():
        print(f"\n{heading}\n{duckdb.sql(question)}")
    return duckdb.sql(f"SELECT count(*) FROM {source}").fetchall()[0][0]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", required=True, type=pathlib.Path)
    arguments.add_argument("--filter", required=True)
    asked = arguments.parse_args()
    # Spark's workers run this very Python.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"

    parts = sorted((asked.folder / "input").glob("part-*.jsonl"))
    lines = sum(part.read_bytes().count(b"\n") for part in parts)
    one, many = asked.folder / "one.jsonl", asked.folder / "spark"
    alone = one_process(parts, asked.filter, one)
    spark, partitions = under_spark(parts, asked.filter, str(many))
    spread = sorted(many.glob("part-*"))
    count = same([one], spread)
    print(f"{lines} documents in {len(parts)} files, {partitions} partitions")
    print(f"one process: {alone:.1f} s; Spark local[2]: {spark:.1f} s, Spark's own start not counted")
    if count != lines:
        sys.exit(f"{count} verdicts for {lines} documents")
    print(f"{count} verdicts, all equal and in the same order")
    counted = statistics(spread)
    if counted != lines:
        sys.exit(f"DuckDB counts {counted} verdicts")


main()
