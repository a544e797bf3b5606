"""A second verifier of path proofs, written from docs/proof.md: the standard library and nothing of ours.

`verify(data)` raises for anything but a proof that holds. What records say, and where, is read by `second_reader`:
the standard library has no reader of YAML, and none that tells lines.
"""

# fmt: off
import base64, hashlib, json, re
from tests.second_reader import MEDIA
CHAINS = {f"mitre-{name}attack": f"{name or 'enterprise-'}attack" for name in ("", "mobile-", "ics-", "pre-")}
NAMED_BY = {"log-source-of-rule": "sigma", "index-of-rule": "elastic", "data-source-of-rule": "splunk",
            "data-type-of-rule": "sentinel"}  # how a rule says what it reads, and whose word that is
CLAIMED_AT = {"row-claims-technique": "/attack_object_id", "tag-claims-technique": "/tags/N",
              "relevant-technique-is-claimed": "/relevantTechniques(/N)?",
              "mitre-id-claims-technique": "/tags/mitre_attack_id(/N)?",
              "threat-claims-technique": "/rule/threat/N/technique/N(/subtechnique/N)?/id",
              "score-claims-technique": ".*", "finding-claims-technique": ".*"}
# rule: relationship, direction, kind, whose record states it
STEPS = {"record-in-source": "CONTAINS out computed end", "component-of-analytic": "LOOKS_FOR out computed start",
         "tactic-of-phase": "ACHIEVES out computed start", "strategy-detects": "DETECTS out recorded hop",
         "component-detects": "DETECTS out recorded hop", "analytic-in-strategy": "HAS_ANALYTIC in computed end",
         "log-source-of-analytic": "READS out computed start", "log-source-alias": "READS out computed hop",
         "publisher-log-source-alias": "READS out computed hop", "revoked-by": "REVOKED_BY out recorded hop",
         **dict.fromkeys(CLAIMED_AT, "CLAIMS out computed start"),
         **dict.fromkeys(NAMED_BY, "READS out computed start")}
# what an object has: ~ optional, # whole number, : object, * list, ? or null
FIELDS = {"statement": "_type predicateType predicate:predicate subject*subject", "count": "hops# paths#",
          "subject": "name digest:digest annotations:count", "digest": "~sha256 ~gitCommit", "tool": "name version",
          "predicate": "created limits* paths*path records*record sources*source tool:tool", "origin": "file place",
          "source": "name annotations:notes ~digest:digest ~uri ~downloadLocation", "path": "nodes*node hops*hop",
          "notes": "content_root kind records# ~domain ~fetched_on ~published",
          "record": "media sha256 text inclusion*leaf ~license", "leaf": "audit_path* leaf_index# source tree_size#",
          "node": "node id? attack_id? name? record? source?",
          "hop": "via relationship direction kind at line#? record? origin:origin?"}
KIND, PHASE = "https://in-toto.io/Statement/v1 urn:sightline:coverage-path:v1", "/kill_chain_phases/N"
FRAME, CONNECTOR = "MITRE ATT&CK", "/requiredDataConnectors/N"
REFERENCE, NAMED = "/x_mitre_log_source_references/N", "/external_references/N/source_name"
def need(holds, why):
    if not holds:
        raise ValueError(why)
def form(value):  # RFC 8785, of texts and small whole numbers under ASCII keys
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def shape(value, kind):
    need(type(value) is (dict if kind in FIELDS else int if kind == "#" else str), f"not a {kind or 'text'}")
    known = {each[2]: each.groups() for each in re.finditer(r"(~?)(\w+)([:*#]?)(\w*)(\??)", FIELDS.get(kind, ""))}
    need(not known or {name for name in known if not known[name][0]} <= set(value) <= set(known), f"fields of {kind}")
    for name, each in value.items() if known else ():
        _, _, sign, inner, null = known[name]
        need(type(each) is list or sign != "*", f"{name} is not a list")
        for one in each if sign == "*" else () if null and each is None else (each,):
            shape(one, "#" if sign == "#" else inner)
def root(leaf, index, size, path):  # RFC 9162, section 2.1.3.2
    here, last = index, size - 1
    for sibling in map(bytes.fromhex, path):
        left = here % 2 or here == last
        leaf = hashlib.sha256(b"\1" + (sibling + leaf if left else leaf + sibling)).digest()
        while left and here % 2 == 0 and here:
            here, last = here // 2, last // 2
        here, last = here // 2, last // 2
    need(last == 0 <= index < size and all(bytes.fromhex(one).hex() == one for one in path), "another place")
    return leaf.hex()
def fits(pattern, at):
    return re.fullmatch(pattern.replace("N", r"\d+"), at)
def every(flat, pattern):
    return [value for at, value in flat.items() if fits(pattern, at)]
def finding(flat, row):  # id, name and no ATT&CK id of a row of native-detections/1
    names = dict(zip(every(flat, "/sources/N/key"), every(flat, "/sources/N/name"), strict=True))
    key, ids = flat[f"{row}/source"], "+".join(sorted(every(flat, f"{row}/techniques/N/id")))
    name = flat.get(f"{row}/finding", f"{flat.get(f'{row}/count', 1)} unlisted findings of {names[key]}")
    return [f"{key}/{flat.get(f'{row}/finding', f'unlisted:{ids}')}", flat.get(f"{row}/title", name), None]
def things(label, sha256, flat):  # id, name and ATT&CK id of what a record describes
    if label == "Detection":
        return [finding(flat, at[:-7]) for at in flat if fits("/detections/N/source", at)]
    if label == "Rule":
        id_, titles = flat.get("/rule/rule_id", flat.get("/id", f"sha256-{sha256[:32]}")), ("/title", "/name")
        return [[id_.strip(), next(flat[at] for at in ("/rule/name", *titles) if at in flat).strip(), None]]
    if label == "Capability":
        name = (flat.get("/name") or flat.get("/capability_description") or flat["/capability_id"]).strip()
        return [[flat.get("/capability_id", name.casefold().replace(" ", "_")).strip(), name, None]]
    type_ = flat["/type"].replace("attack-pattern", "technique").removeprefix("x-mitre-")
    need(label == type_.title().replace("-", ""), "another type of object")
    ids = [flat[f"{at[:-11]}external_id"] for at in flat if fits(NAMED, at) and flat[at] in CHAINS]
    return [[None, flat["/name"], ids[0] if ids else None]]
def claimed(via, flat, at, id_):  # the identifiers that a piece of evidence claims at a place of its record
    if not (place := fits(CLAIMED_AT[via], at)):
        return []
    if via == "tag-claims-technique":
        word = flat[at].strip().casefold().replace("_", "-")
        return [word[7:].upper()] if word.startswith("attack.") else []
    if via == "threat-claims-technique":
        alone = place[1] or not every(flat, f"{at[:-3]}/subtechnique/N/.*")
        known = flat[f"/rule/threat/{at.split('/')[3]}/framework"] == FRAME
        return [flat[at].strip().upper()] if alone and known else []
    if CLAIMED_AT[via] != ".*":
        return [flat[at].strip().upper()]
    if via == "finding-claims-technique":
        row = fits("(/detections/N)/techniques/N", at)
        return [flat[f"{at}/id"]] if row and finding(flat, row[1])[0] == id_ else []
    score = fits("(/techniques/N)(/technique-scores/N|(/sub-techniques-scores/N)/scores/N)", at)
    below = f"{score[1]}{score[3]}/sub-techniques/N/id" if score[3] else f"{score[1]}/id"
    return [named.strip().upper() for named in every(flat, below) if every(flat, f"{at}/.*")]
def read(via, flat):  # where a rule says what it reads, and the name of that in its publisher's words
    found = [(at, flat[at]) for at in flat if fits("/rule/index(/N)?", at)]
    if via == "log-source-of-rule":
        parts = [flat.get(f"/logsource/{name}", "").strip() for name in ("product", "category", "service")]
        found = [("/logsource", "/".join(parts))]
    elif via == "data-source-of-rule":
        found = [(at, name) for at in flat if fits("/data_sources?/N", at) for name in flat[at].split(" AND ")]
    elif via == "data-type-of-rule":
        found = [(at, flat[at]) for at in flat if fits(f"{CONNECTOR}/dataTypes/N", at) or
                 (fits(f"{CONNECTOR}/connectorId", at) and not every(flat, f"{at[:-12]}/dataTypes/N"))]
    elif not found and flat.get("/rule/language") == "esql":
        query = re.match(r"(?i)\s*from\s+([^|]+)", re.sub(r"(?s)/\*.*?\*/|//[^\n]*", "", flat["/rule/query"]))
        listed = re.sub(r"(?is)\bmetadata\b.*", "", query[1]).split(",") if query else ()
        found = [("/rule/query", name) for name in listed]
    if via == "index-of-rule":
        found = found or [(at, flat[at]) for at in flat if fits("/metadata/integration(/N)?", at)]
        found = [(at, re.sub(r"[-.*]+$", "", name.strip().strip('"').split(":")[-1])) for at, name in found]
    return [(at, f"{NAMED_BY[via]}:{' '.join(name.casefold().split())}") for at, name in found]
def follows(via, at, start, end, own):  # noqa: PLR0911  whether a rule leads from a part to the one after it
    (node, _, one, _), (other, entry, two, _), three = start, end, own[2]
    if via == "record-in-source":
        return at == "" and node["source"] in [leaf["source"] for leaf in entry["inclusion"]]
    if via in CLAIMED_AT:
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
    if via in NAMED_BY:
        return (at, other["name"]) in read(via, one)
    if via.endswith("alias"):
        row = [three.get(f"/{name}", "").strip() for name in ("product", "category", "service")]
        name = f"{three['/publisher'].strip()}:{three['/name']}" if via[0] == "p" else f"sigma:{'/'.join(row)}"
        known = " ".join(name.casefold().split()) in [name for way in NAMED_BY for _, name in read(way, one)]
        return at == "/log_sources" and known and other["name"] in map(str.strip, three[at].split(";"))
    ends = [three[f"/{name}"] for name in ("type", "relationship_type", "source_ref", "target_ref")]
    kind = "detects" if via.endswith("detects") else "revoked-by"
    return at == "" and ends == ["relationship", kind, one["/id"], two["/id"]]
def verify(data: bytes) -> None:  # raises for anything but a proof that holds
    value = json.loads(data)
    if set(value) == {"payload", "payloadType", "signatures"}:  # DSSE; the signatures are somebody else's
        value = json.loads(data := base64.b64decode(value["payload"], validate=True))
    need(form(value) == data, "not in RFC 8785 form")
    shape(value, "statement")
    need(f"{value['_type']} {value['predicateType']}" == KIND, "another kind of document")
    predicate, used, subjects = value["predicate"], {None}, {}
    sources = {each["annotations"]["content_root"]: each for each in predicate["sources"]}
    records = {each["sha256"]: each for each in predicate["records"]}
    for name, keys in (("sources", sources), ("records", records)):
        need(list(keys) == sorted(keys) and len(keys) == len(predicate[name]), "not in order, each once")
    for sha256, entry in records.items():
        text, held = entry["text"].encode(), [leaf["source"] for leaf in entry["inclusion"]]
        need(hashlib.sha256(text).hexdigest() == sha256 and held == sorted(set(held)) != [], "text, or sources")
        need(entry["media"] in MEDIA, "another kind of record")
        for leaf in entry["inclusion"]:
            size = sources[leaf["source"]]["annotations"]["records"]
            found = root(hashlib.sha256(b"\0" + text).digest(), leaf["leaf_index"], size, leaf["audit_path"])
            need([found, size] == [leaf["source"], leaf["tree_size"]], "not in the source")
            used.add(found)
    flats = {sha256: MEDIA[each["media"]](each["text"]) for sha256, each in records.items()}
    for path in predicate["paths"]:
        parts = [(one, records.get(one["record"]), *flats.get(one["record"], ({}, {}))) for one in path["nodes"]]
        owns = [(one, records.get(one["record"]), *flats.get(one["record"], ({}, {}))) for one in path["hops"]]
        need(len(parts) == len(owns) + 1 > 1, "nodes and hops")
        for node, entry, flat, _ in parts:
            known = things(node["node"], node["record"], flat) if entry else [[None, node["name"], None]]
            need([node["id"], node["name"], node["attack_id"]] in known, "another thing")
            lacks = {"EvidenceSet": (False, True), "LogSource": (True, True)}.get(node["node"], (True, False))
            need((node["source"] is None, entry is None) == lacks, "record or source of a node")
        for start, end, own in zip(parts, parts[1:], owns, strict=False):
            hop, step = own[0], STEPS[own[0]["via"]].split()
            told = [hop["relationship"], hop["direction"], hop["kind"], hop["record"] is not None]
            need(told == [*step[:3], step[3] == "hop"], "another kind of hop")
            need(follows(hop["via"], hop["at"], start, end, own), f"{hop['via']} does not follow")
            lines = {"start": start, "end": end, "hop": own}[step[3]][3] if hop["at"] else {}
            line = next((lines[at] for at in lines if f"{at}/".startswith(f"{hop['at']}/")), None)
            need(hop["line"] == line, "line")
        used |= {each[0]["record"] for each in parts + owns}
        one = next(node for node, *_ in parts if node["record"])
        key = (one["id"] or one["attack_id"] or one["name"], one["record"])
        subjects.setdefault(key, []).append(len(owns))
    need(used == {None, *sources, *records}, "a record or source that no path needs")
    listed = [{"annotations": {"hops": sum(hops), "paths": len(hops)}, "digest": {"sha256": key[1]}, "name": key[0]}
              for key, hops in sorted(subjects.items())]
    need(value["subject"] == listed, "subjects")
    order = [form({**path, "hops": [hop | {"origin": None} for hop in path["hops"]]}) for path in predicate["paths"]]
    need(order and order == sorted(set(order)), "paths are not in order, each once")
