"""The figures of `selfcontrol` counted again, by DuckDB over the documents and by whole numbers for the tests.

Nothing here is shared with the program: the documents are read as JSON, the duty's first days from
`authorities.toml`, and Fisher's test is done with fractions. Not part of `cargo test`; it needs Python 3.11 or later and

    pip install duckdb

    generate --around --count 10000 --lines all.jsonl          (tests/bench)
    sekretesskoll selfcontrol all.jsonl --format json -o figures.json
    python tests/selfcontrol/figures.py all.jsonl figures.json
"""

import collections
import datetime
import json
import math
import sys
import tomllib
from fractions import Fraction

import duckdb

DUTY = "duty-to-report"
OUTCOMES = ["disclose", "disclose-summarised", "describe-instead", "withhold", "barred", "refer"]
RELEASES = ("disclose", "disclose-summarised")
LINKS = ("link", "link-other", "matters", "clarifies", "link-request")
FEWEST = 20

wrong = 0
held = 0


def same(what, own, other):
    """Tells what differs, and counts."""
    global wrong, held
    held += 1
    if own != other:
        wrong += 1
        print(f"DIFFERS {what}:\n  here:    {own}\n  program: {other}")


def load(path):
    """One row for each document, the members that are counted by SQL."""
    base = duckdb.connect()
    base.execute(
        "create table raw as select json::json as doc from read_csv(?, columns={'json': 'VARCHAR'}, delim=chr(1), "
        "quote='', escape='', header=false, auto_detect=false, max_line_size=33554432)",
        [path],
    )
    base.execute(
        """
        create table records as select
          doc->>'digest' as digest,
          doc->>'$.authority.key' as authority,
          doc->>'$.official.unit' as unit,
          doc->>'$.route.outcome' as route,
          doc->>'outcome' as outcome,
          (doc->>'on')::date as on_day,
          (doc->>'known-since')::date as known,
          substr(doc->>'finished', 1, 7) as month,
          replace(substr(doc->>'finished', 1, 16), 'T', ' ') as finished,
          (doc->>'retrospective')::boolean as retrospective,
          json_array_length(doc->'items') as items,
          json_array_length(doc->'documents') as documents,
          doc->>'$.closing.signing.key' as signing,
          list_min(list_transform((doc->'$.calls')::json[], lambda c: substr(c->>'when', 1, 10))) as call,
          list_transform((doc->'$.items')::json[], lambda i: i->>'outcome') as outcomes,
          list_transform((doc->'$.items')::json[], lambda i: i->>'$.origin.key') as origins,
          doc
        from raw where (doc->>'kind') = 'record'
        """
    )
    base.execute(
        """
        create table reviews as select
          doc->>'record' as record, doc->>'outcome' as outcome,
          replace(substr(doc->>'finished', 1, 16), 'T', ' ') as finished
        from raw where json_exists(doc, '$.review') and json_exists(doc, '$.reviewer')
        """
    )
    base.execute(
        """
        create table dispatches as select
          doc->>'record' as record, doc->>'when' as sent, (doc->>'kind') = 'sent' as in_writing
        from raw where json_exists(doc, '$.dispatch')
        """
    )
    base.execute(
        """
        create table cases as
        with sent as (
          select record, min(sent) filter (in_writing) as sent, min(substr(sent, 1, 10)) as told, count(*) as dispatched
          from dispatches group by record),
        read as (
          select record, min(finished) as first, max((outcome = 'contested')::int) as contested from reviews group by record)
        select r.*, s.sent, coalesce(s.dispatched, 0) > 0 as dispatched,
          least(coalesce(s.told, r.call), coalesce(r.call, s.told)) as told,
          v.first as reviewed, coalesce(v.contested, 0) > 0 as contested
        from records r left join sent s on s.record = r.digest left join read v on v.record = r.digest
        """
    )
    return base


def duties(path):
    """First day of each period in which an authority may be bound, by key."""
    with open(path, "rb") as file:
        authorities = tomllib.load(file)["authority"]
    return {authority["key"]: authority["duty"] for authority in authorities}


def day(text):
    return datetime.date.fromisoformat(str(text))


def measures(case, periods):
    """What is asked of a record; keys whose question is not asked of it are left out."""
    says = {"retrospective": case["retrospective"]}
    ready = case["outcome"] == "ready"
    if case["items"] > 0:
        says["referred"] = "refer" in case["outcomes"]
    document = json.loads(case["doc"])
    folded = collections.defaultdict(collections.Counter)
    for item in document["items"]:
        for step in item["steps"]:
            role = "link" if step["question"] in LINKS else step["question"]
            if role in ("link", "individual") and step.get("text"):
                folded[role]["".join(c for c in step["text"] if c.isalpha()).lower()] += 1
    if ready:
        released = [(o, g) for o, g in zip(case["outcomes"], case["origins"]) if o in RELEASES]
        says["attached"] = case["documents"] > 0
        says["health-care"] = any(origin == "health-care" for _, origin in released)
        says["everything"] = case["items"] >= 3 and set(case["outcomes"]) == {"disclose"}
        says["same-words"] = any(count > 1 for texts in folded.values() for count in texts.values())
        says["unsent"] = not case["dispatched"]
    if case["sent"]:
        says["unreviewed"] = not (case["reviewed"] and case["reviewed"] <= case["sent"])
    if case["reviewed"]:
        says["contested"] = case["contested"]
    wanted = case["signing"] == "before" and case["route"] != DUTY
    says["fails"] = bool(wanted and case["sent"] and says.get("unreviewed"))
    if ready and case["route"] == DUTY and case["told"]:
        start = day(case["known"])
        # The duty began with the first of the periods that follow on each other up to that day without a "no" between.
        began = None
        for period in periods[case["authority"]]:
            if day(period["from"]) <= day(case["on_day"]):
                bound = period["bound"] != "no"
                began = (began or day(period["from"])) if bound else None
        start = max(start, began or start)
        case["days"] = (day(case["told"]) - start).days
    return says


def nearest(values, percent):
    return values[max(1, math.ceil(len(values) * percent / 100)) - 1]


def fisher(k, n, rest_k, rest_n):
    """Two-sided, in whole numbers: splits no likelier than the one seen."""
    every, found = n + rest_n, k + rest_k
    ways = {x: math.comb(n, x) * math.comb(rest_n, found - x) for x in range(max(0, found - rest_n), min(found, n) + 1)}
    seen = ways[k]
    return float(Fraction(sum(w for w in ways.values() if w <= seen), math.comb(every, found)))


def share(cases, key):
    asked = [case["says"][key] for case in cases if key in case["says"]]
    return {"with": sum(asked), "of": len(asked)}


def groups(cases):
    """Each unit with the authority's other units, each of the last twelve months with the twelve before it."""
    units = collections.defaultdict(list)
    for case in cases:
        units[case["authority"], case["unit"]].append(case)
    for (authority, unit), own in units.items():
        rest = [case for case in cases if case["authority"] == authority and case["unit"] != unit]
        if rest:
            yield ("unit", authority, unit), own, rest
    number = lambda month: int(month[:4]) * 12 + int(month[5:]) - 1
    last = max(number(case["month"]) for case in cases)
    for month in range(last - 11, last + 1):
        own = [case for case in cases if number(case["month"]) == month]
        rest = [case for case in cases if month - 12 <= number(case["month"]) < month]
        if own and rest:
            yield ("month", f"{month // 12:04}-{month % 12 + 1:02}"), own, rest


def deviations(cases, keys):
    found = []
    for group, own, rest in groups(cases):
        for key in keys:
            one, other = share(own, key), share(rest, key)
            all_with, all_of = one["with"] + other["with"], one["of"] + other["of"]
            if min(one["of"], other["of"]) < FEWEST or all_with in (0, all_of):
                continue
            found.append([group, key, one, other, fisher(one["with"], one["of"], other["with"], other["of"])])
    found.sort(key=lambda row: row[4])
    highest = 0.0
    for place, row in enumerate(found):
        highest = max(highest, min(1.0, row[4] * (len(found) - place)))
        row[4] = highest
    apart = lambda one, other: abs(Fraction(one["with"], one["of"]) - Fraction(other["with"], other["of"]))
    return len(found), [row for row in found if row[4] < 0.05 and apart(row[2], row[3]) >= Fraction(5, 100)]


def main(documents, figures):
    base = load(documents)
    with open(figures, encoding="utf-8") as file:
        told = json.load(file)
    sections = {key: {row["key"]: row for row in rows} for key, rows in told["sections"].items()}
    count = lambda sql: base.execute(sql).fetchall()
    records = {key: row["records"] for key, row in sections["authority"].items()}
    same("authorities", dict(count("select authority, count(*) from records group by 1")), records)
    same("routes", dict(count("select route, count(*) from records group by 1")), {k: r["records"] for k, r in sections["route"].items()})
    same("ends", dict(count("select outcome, count(*) from records group by 1")), {k: r["records"] for k, r in sections["outcome"].items()})
    months = {key: row["records"] for key, row in sections["month"].items() if row["records"]}
    same("months", dict(count("select month, count(*) from records group by 1")), months)
    overview = {key: row["count"] for key, row in sections["overview"].items()}
    for key, sql in [("records", "records"), ("reviews", "reviews"), ("dispatches", "dispatches")]:
        same(key, count(f"select count(*) from {sql}")[0][0], overview[key])
    same("calls", count("select count(*) from records where call is not null")[0][0], overview.get("calls", 0))
    items = dict(count("select outcome, count(*) from (select unnest(outcomes) as outcome from records) group by 1"))
    every = sum(items.values())
    same("items", {o: {"with": items.get(o, 0), "of": every} for o in OUTCOMES}, {k: r["items"] for k, r in sections["items"].items()})
    ready = count("select count(*) from records where outcome = 'ready'")[0][0]
    attached = dict(count("select least(documents, 3), count(*) from records where outcome = 'ready' group by 1"))
    same(
        "documents",
        {k: {"with": attached.get(n, 0), "of": ready} for n, k in enumerate(["0", "1", "2", "3+"])},
        {k: r["records"] for k, r in sections["documents"].items()},
    )
    reviews = count(
        f"""
        select signing = 'before' and route <> '{DUTY}' as wanted,
          case when reviewed is null then 'never' when reviewed <= sent then 'before' else 'after' end, count(*)
        from cases where sent is not null group by all
        """
    )
    for wanted, column in [(True, "wanted"), (False, "not-wanted")]:
        of = sum(n for w, _, n in reviews if w == wanted)
        own = {k: {"with": sum(n for w, r, n in reviews if w == wanted and r == k), "of": of} for k in ("before", "after", "never")}
        same(f"reviews {column}", own, {k: r[column] for k, r in sections["review"].items()})

    periods = duties("decision-trees/authorities.toml")
    names = [column[0] for column in base.execute("select * from cases limit 0").description]
    cases = [dict(zip(names, row)) for row in count("select * from cases")]
    for case in cases:
        case["says"] = measures(case, periods)
    days = sorted(case["days"] for case in cases if case.get("days", -1) >= 0)
    quarter = nearest(days, 75)
    for case in cases:
        if case.get("days", -1) >= 0:
            case["says"]["slow"] = case["days"] > quarter
    steps = {"0": (0, 0), "1": (1, 1), "2-3": (2, 3), "4-7": (4, 7), "8-30": (8, 30), "31+": (31, math.inf)}
    own = {k: {"with": sum(a <= d <= b for d in days), "of": len(days)} for k, (a, b) in steps.items()}
    same("days", own, {k: r["reports"] for k, r in sections["days"].items()})
    keys = list(sections["measure"])
    for key in keys:
        same(f"measure {key}", share(cases, key), sections["measure"][key]["records"])
    for key in ("attached", "referred", "unreviewed"):
        by_month = collections.defaultdict(list)
        by_unit = collections.defaultdict(list)
        for case in cases:
            by_month[case["month"]].append(case)
            by_unit[case["authority"], case["unit"]].append(case)
        same(f"month {key}", {m: share(c, key) for m, c in by_month.items()}, {m: sections["month"][m][key] for m in by_month})
        of_units = {(row["authority"], row["key"]): row[key] for row in told["sections"]["unit"]}
        same(f"unit {key}", {u: share(c, key) for u, c in by_unit.items()}, of_units)
    found = {key: row["records"] for key, row in sections["finding"].items()}
    wanted = lambda case: case["signing"] == "before" and case["route"] != DUTY
    same("no-review", sum(1 for c in cases if c["sent"] and wanted(c) and not c["reviewed"]), found.get("no-review", 0))
    late = sum(1 for c in cases if c["sent"] and wanted(c) and c["reviewed"] and c["reviewed"] > c["sent"])
    same("review-after-sending", late, found.get("review-after-sending", 0))

    compared, own = deviations(cases, keys)
    same("comparisons", compared, told["compared"])
    of_group = lambda d: ("unit", d["authority"], d["unit"]) if "unit" in d else ("month", d["month"])
    program = {(of_group(d), d["measure"]): d for d in told["deviations"]}
    same("deviating", sorted((str(g), m) for g, m, *_ in own), sorted((str(g), m) for g, m in program))
    for group, key, one, other, chance in own:
        d = program.get((group, key))
        if d:
            same(f"{group} {key}", (one["with"], one["of"], other["with"], other["of"]), (d["with"], d["of"], d["rest-with"], d["rest-of"]))
            same(f"{group} {key} p", True, math.isclose(chance, d["p"], rel_tol=1e-6, abs_tol=1e-300))
    low, high = nearest(days, 25), nearest(days, 75)
    fence = high + 3 * max(high - low, 1)
    own = sorted((d for d in days if d > fence), reverse=True)
    same("far out in days", own, [one["value"] for one in told["far-out"] if one["what"] == "days"])
    print(f"{len(cases)} records, {held} comparisons of figures, {wrong} differ; {len(program)} deviations of {compared} comparisons")
    sys.exit(1 if wrong else 0)


main(*sys.argv[1:3])
