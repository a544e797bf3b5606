"""A second verifier of path proofs, written from docs/proof.md: the standard library and nothing of ours.

`verify(data)` returns for a proof that holds, and raises for any other. Records are read flat: JSON pointer -> value.
Of YAML it reads the style that publishers write; what it does not understand it refuses.
"""

# fmt: off
# mypy: ignore-errors
import base64
import hashlib
import json
import re

CHAINS = {f"mitre-{name}attack": f"{name or 'enterprise-'}attack" for name in ("", "mobile-", "ics-", "pre-")}
TYPES = {"attack-pattern": "Technique", "x-mitre-tactic": "Tactic", "x-mitre-analytic": "Analytic",
         "x-mitre-detection-strategy": "DetectionStrategy", "x-mitre-data-component": "DataComponent"}
# rule: relationship, direction, kind, labels before, labels after, whose record states it
STEPS = {"record-in-source": "CONTAINS out computed EvidenceSet Rule|Capability|Detection end",
         "tag-claims-technique": "CLAIMS out computed Rule Technique start",
         "row-claims-technique": "CLAIMS out computed Capability Technique start",
         "score-claims-technique": "CLAIMS out computed Capability Technique start",
         "finding-claims-technique": "CLAIMS out computed Detection Technique start",
         "revoked-by": "REVOKED_BY out recorded Technique Technique hop",
         "tactic-of-phase": "ACHIEVES out computed Technique Tactic start",
         "strategy-detects": "DETECTS out recorded DetectionStrategy Technique hop",
         "component-detects": "DETECTS out recorded DataComponent Technique hop",
         "analytic-in-strategy": "HAS_ANALYTIC in computed Analytic DetectionStrategy end",
         "component-of-analytic": "LOOKS_FOR out computed Analytic DataComponent start",
         "log-source-of-analytic": "READS out computed Analytic LogSource start",
         "log-source-of-rule": "READS out computed Rule LogSource start",
         "log-source-alias": "READS out computed Rule LogSource hop"}
# what an object has, and after a bar what it may have
FIELDS = {"statement": "_type predicate predicateType subject", "subject": "annotations digest name",
          "predicate": "created limits paths records sources tool", "path": "hops nodes",
          "source": "annotations name | digest downloadLocation uri", "digest": "| gitCommit sha256",
          "notes": "content_root kind records | domain fetched_on published",
          "record": "inclusion media sha256 text | license", "inclusion": "audit_path leaf_index source tree_size",
          "node": "attack_id id name node record source",
          "hop": "at direction kind line origin record relationship via"}
KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s#'"\[\]{},-][^:]*?)\s*:(?:\s+(.*))?$""")
FLOW = re.compile(r"""[^\s"'\[\]{},:](?:[^"'\[\]{},:]|:(?=\S))*(?<!\s)""")  # a plain scalar in flow style
REFERENCE, PHASE = "/x_mitre_log_source_references/N", "/kill_chain_phases/N"

def need(holds, why):
    if not holds:
        raise ValueError(why)

def form(value):  # RFC 8785, of texts and small whole numbers under ASCII keys
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

def fields(value, kind):
    must, _, may = FIELDS[kind].partition("|")
    need(type(value) is dict and set(must.split()) <= set(value) <= {*must.split(), *may.split()}, f"form of {kind}")
    return value

def root(leaf, index, size, path):  # RFC 9162, section 2.1.3.2
    need(type(index) is int and type(size) is int and 0 <= index < size, "no such leaf")
    here, last = index, size - 1
    for sibling in map(bytes.fromhex, path):
        need(last, "audit path too long")
        left = here % 2 or here == last
        leaf = hashlib.sha256(b"\1" + (sibling + leaf if left else leaf + sibling)).digest()
        while left and here % 2 == 0 and here:
            here, last = here // 2, last // 2
        here, last = here // 2, last // 2
    need(last == 0, "audit path too short")
    return leaf.hex()

def json_flat(value, at=""):
    items = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    yield from (found for key, each in items for found in json_flat(each, f"{at}/{key}"))
    if type(value) not in (dict, list):
        yield at, value

def plain(text):
    text = re.sub(r"""(?<!['"])\s+#.*$|(?<=['"])\s+#[^'"]*$""", "", text).replace("\n", " ")
    if text[:1] == '"' and (quoted := re.fullmatch(r'"((?:[^"\\]|\\.)*)"', text)):
        return json.loads(f'"{quoted[1]}"', strict=False) if "\\x" not in text else text
    return text[1:-1].replace("''", "'") if text[:1] == "'" else text

def yaml_flat(text):  # noqa: C901  the scalars of a YAML document by their pointers, and the line of each
    found, lines, open_, last, scalar = {}, {}, [], "", -1  # open_: [indent, pointer, position in a list or None]
    for number, line in enumerate(text.split("\n"), 1):
        words, indent = line.strip(), len(line) - len(line.lstrip(" "))
        if scalar >= 0 and (indent > scalar or not words):
            found[last] += f"\n{words}"
        elif words and words[0] != "#" and words != "---":
            while open_ and (open_[-1][0], open_[-1][2] is not None and words[0] != "-") > (indent, False):
                open_.pop()
            while re.match(r"-(\s|$)", words):
                if not open_ or open_[-1][0] < indent or open_[-1][2] is None:
                    open_.append([indent, last, -1])
                open_[-1][2] += 1
                last, indent = f"{open_[-1][1]}/{open_[-1][2]}", indent + len(words) - len(words[1:].lstrip())
                words = words[1:].lstrip()
            if match := KEY.match(words):
                if not open_ or open_[-1][0] < indent:
                    open_.append([indent, last, None])
                last, words = f"{open_[-1][1]}/{match[1].strip(chr(34) + chr(39))}", match[2] or ""
            need(last and last not in found and line.lstrip(" ")[0] != "\t", f"line {number} is not understood")
            found[last], lines[last], scalar = words, number, open_[-1][0] if words else -1
    for at in [at for at, words in found.items() if words[:1] in ("[", "{")]:
        marked = FLOW.sub(lambda m: json.dumps(f"{m[0]}\0{m.string.count(chr(10), 0, m.start())}"), found[at])
        try:
            pairs = [(place, *words.split("\0")) for place, words in json_flat(json.loads(marked), at)]
        except ValueError:
            continue  # a quoted scalar, an alias, ...: not read
        inside = [(re.sub("\0\\d+", "", place), words, below) for place, words, below in pairs]
        lines |= {place: lines[at] + int(below) for place, _, below in inside}
        found |= {place: words for place, words, _ in inside}
    return {at: plain(words) for at, words in found.items() if words}, lines

def fits(pattern, at):
    return re.fullmatch(pattern.replace("N", r"\d+"), at)

def every(flat, pattern):
    return [value for at, value in flat.items() if fits(pattern, at)]

def finding(flat, row):  # id, name and no ATT&CK id of a row of native-detections/1
    names = dict(zip(every(flat, "/sources/N/key"), every(flat, "/sources/N/name"), strict=True))
    key, id_ = flat[f"{row}/source"], "unlisted:" + "+".join(sorted(every(flat, f"{row}/techniques/N/id")))
    unlisted = f"{flat.get(f'{row}/count', 1)} unlisted findings of {names[key]}"
    id_, name = flat.get(f"{row}/finding", id_), flat.get(f"{row}/finding", unlisted)
    return [f"{key}/{id_}", flat.get(f"{row}/title", name), None]

def things(label, sha256, flat):  # id, name and ATT&CK id of what a record describes
    if label == "Detection":
        return [finding(flat, at[:-7]) for at in flat if fits("/detections/N/source", at)]
    if label == "Rule":
        return [[flat.get("/id", f"sha256-{sha256[:32]}"), flat["/title"].strip(), None]]
    if label == "Capability":
        name = (flat.get("/name") or flat.get("/capability_description") or flat["/capability_id"]).strip()
        return [[flat.get("/capability_id", name.casefold().replace(" ", "_")).strip(), name, None]]
    need(label == TYPES.get(flat["/type"]), "another type of object")
    ids = [flat[f"/external_references/{n}/external_id"] for n in range(99)
           if flat.get(f"/external_references/{n}/source_name") in CHAINS]
    return [[None, flat["/name"], ids[0] if ids else None]]

def claimed(via, flat, at, id_):  # the identifiers that a piece of evidence claims at a place of its record
    if via == "tag-claims-technique":
        word = flat[at].strip().casefold().replace("_", "-")
        return [word[7:].upper()] if fits("/tags/N", at) and word.startswith("attack.") else []
    if via == "row-claims-technique":
        return [flat[at].strip().upper()] if at == "/attack_object_id" else []
    if via == "finding-claims-technique":
        row = fits("(/detections/N)/techniques/N", at)
        return [flat[f"{at}/id"]] if row and finding(flat, row[1])[0] == id_ else []
    score = fits("(/techniques/N)(/technique-scores/N|(/sub-techniques-scores/N)/scores/N)", at)
    need(score and every(flat, f"{at}/.*"), "not a score")
    below = f"{score[1]}{score[3]}/sub-techniques/N/id" if score[3] else f"{score[1]}/id"
    return [named.strip().upper() for named in every(flat, below)]

def follows(via, at, start, end, own):  # noqa: PLR0911  whether a rule leads from a part to the one after it
    (node, _, one, _), (other, entry, two, _), three = start, end, own[2]
    if via == "record-in-source":
        return at == "" and node["source"] in [leaf["source"] for leaf in entry["inclusion"]]
    if via.endswith("-claims-technique"):
        return other["attack_id"] in claimed(via, one, at, node["id"])
    if via == "tactic-of-phase":
        chains = [chain for chain, domain in CHAINS.items() if domain in every(two, "/x_mitre_domains/N")]
        phases = zip(every(one, f"{PHASE}/kill_chain_name"), every(one, f"{PHASE}/phase_name"), strict=True)
        return at == "/kill_chain_phases" and any((chain, two["/x_mitre_shortname"]) in phases for chain in chains)
    if via == "analytic-in-strategy":
        return fits("/x_mitre_analytic_refs/N", at) and two[at] == one["/id"]
    if via == "component-of-analytic":
        return fits(REFERENCE, at) and one[f"{at}/x_mitre_data_component_ref"] == two["/id"]
    if via == "log-source-of-analytic":
        return fits(REFERENCE, at) and one[f"{at}/name"] == other["name"]
    if via.startswith("log-source"):
        parts = [one.get(f"/logsource/{name}", "").strip().casefold() for name in ("product", "category", "service")]
        if via == "log-source-of-rule":
            return at == "/logsource" and other["name"] == f"sigma:{'/'.join(parts)}"
        row = [three[f"/{name}"].strip().casefold() for name in ("product", "category", "service")]
        names = [name.strip() for name in three["/log_sources"].split(";")]
        return at == "/log_sources" and any(parts) and row == parts and other["name"] in names
    stated = [three[f"/{name}"] for name in ("type", "relationship_type", "source_ref", "target_ref")]
    return at == "" and stated == ["relationship", via.rpartition("-")[2] if via != "revoked-by" else via,
                                   one["/id"], two["/id"]]

def verify(data: bytes) -> None:  # raises for anything but a proof that holds
    value = json.loads(data)
    if set(value) == {"payload", "payloadType", "signatures"}:  # DSSE; the signatures are somebody else's
        data = base64.b64decode(value["payload"], validate=True)
        value = json.loads(data)
    need(form(value) == data, "not in RFC 8785 form")
    kind = [fields(value, "statement")["_type"], value["predicateType"]]
    need(kind == ["https://in-toto.io/Statement/v1", "urn:sightline:coverage-path:v1"], "another kind of document")
    predicate, used, subjects = fields(value["predicate"], "predicate"), {None}, {}
    sources = {fields(each["annotations"], "notes")["content_root"]: each for each in predicate["sources"]}
    records = {fields(each, "record")["sha256"]: each for each in predicate["records"]}
    for name, keys in (("sources", sources), ("records", records)):
        need(list(keys) == sorted(keys) and len(keys) == len(predicate[name]), "not in order, each once")
    for each in predicate["sources"] + [fields(each, "subject") for each in value["subject"]]:
        fields(each.get("digest", {}), "digest")
    for sha256, entry in records.items():
        text = entry["text"].encode()
        need(hashlib.sha256(text).hexdigest() == sha256 and entry["inclusion"], "another text, or no source")
        for leaf in entry["inclusion"]:
            size = sources[fields(leaf, "inclusion")["source"]]["annotations"]["records"]
            found = root(hashlib.sha256(b"\0" + text).digest(), leaf["leaf_index"], size, leaf["audit_path"])
            need([found, size] == [leaf["source"], leaf["tree_size"]], "not in the source")
            used.add(found)
    flats = {sha256: yaml_flat(each["text"]) if each["media"] == "application/yaml" else
             (dict(json_flat(json.loads(each["text"]))), {}) for sha256, each in records.items()}
    for path in predicate["paths"]:
        parts = [(fields(each, "node"), records.get(each["record"]), *flats.get(each["record"], ({}, {})))
                 for each in fields(path, "path")["nodes"]]
        for node, entry, flat, _ in parts:
            known = things(node["node"], node["record"], flat) if entry else [[None, node["name"], None]]
            need([node["id"], node["name"], node["attack_id"]] in known, "another thing")
            need((node["record"] is None) == (node["node"] in ("EvidenceSet", "LogSource")), "record of a node")
            need(node["source"] in (sources if node["node"] == "EvidenceSet" else (None,)), "source of a node")
        need(len(parts) == len(path["hops"]) + 1 > 1, "nodes and hops")
        for start, end, hop in zip(parts, parts[1:], path["hops"], strict=False):
            step = STEPS[fields(hop, "hop")["via"]].split()
            own = (hop, records.get(hop["record"]), *flats.get(hop["record"], ({}, {})))
            need([hop["relationship"], hop["direction"], hop["kind"]] == step[:3], "another relationship")
            need(start[0]["node"] in step[3].split("|") and end[0]["node"] in step[4].split("|"), "other ends")
            need((hop["record"] is not None) == (step[5] == "hop"), "record of a hop")
            need(follows(hop["via"], hop["at"], start, end, own), f"{hop['via']} does not follow")
            lines = {"start": start, "end": end, "hop": own}[step[5]][3] if hop["at"] else {}
            places = [line for at, line in lines.items() if f"{at}/".startswith(f"{hop['at']}/")]
            need(form(hop["line"]) == form(next(iter(places), None)), "line")
            used |= {start[0]["record"], end[0]["record"], hop["record"]}
        first = next(node for node, *_ in parts if node["record"])
        key = (first["id"] or first["attack_id"] or first["name"], first["record"])
        subjects[key] = subjects.get(key, 0) + 1
    need(used == {None, *sources, *records}, "a record or source that no path needs")
    given = [[each["name"], each["digest"]["sha256"], each["annotations"]["paths"]] for each in value["subject"]]
    need(form(given) == form([[*key, count] for key, count in sorted(subjects.items())]), "subjects")
    order = [form({**path, "hops": [{**hop, "origin": None} for hop in path["hops"]]}) for path in predicate["paths"]]
    need(order and order == sorted(set(order)), "paths are not in order, each once")
