"""What the second verifier reads records with: the standard library and nothing of ours.

Each reader returns the scalars of a text by their JSON pointers, and the line of each where a publisher wrote lines.
Of YAML it reads what publishers write, no more.
"""

# fmt: off
import json, re, tomllib
KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s#'"\[\]{},-][^:]*?)\s*:(?:\s+(.*))?$""")
FLOW = re.compile(r"""[^\s"'\[\]{},:](?:[^"'\[\]{},:]|:(?=\S))*(?<!\s)""")  # a plain scalar in flow style
def json_flat(value, at=""):
    items = dict(enumerate(value)) if type(value) is list else value
    inside = [each for key in items for each in json_flat(items[key], f"{at}/{key}")] if type(items) is dict else ()
    return inside if type(items) is dict else [(at, value)]
def plain(text):
    text = re.sub(r"""(?<!['"])\s+#.*$|(?<=['"])\s+#[^'"]*$""", "", text).replace("\n", " ").strip()
    quoted = re.fullmatch(r'"(?:[^"\\]|\\["\\/nrt])*"', text)
    return json.loads(text) if quoted else text[1:-1].replace("''", "'") if text[:1] == "'" else text
def yaml_flat(text):  # noqa: C901  the scalars of a YAML document by their pointers, and the line of each
    found, lines, open_, last, scalar = {}, {}, [], "", -1  # open_: [indent, pointer, position in a list or None]
    for number, line in enumerate(text.split("\n"), 1):
        words, indent = line.strip(), len(line) - len(line.lstrip(" "))
        if scalar >= 0 and (indent > scalar or not words):
            found[last] += "\n" + ("" if words[:1] == "#" else words)
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
            if not last or (last in found and (match or found[last])) or line.lstrip(" ")[0] == "\t":
                raise ValueError(f"line {number} is not understood")
            found[last], lines[last], scalar = words, number, open_[-1][0] if words else -1
    for at in [at for at, words in found.items() if words[:1] in ("[", "{")]:
        marked = FLOW.sub(lambda m: json.dumps(f"{m[0]}\0{m.string.count(chr(10), 0, m.start())}"), found[at])
        try:
            for marks, words in json_flat(json.loads(marked), at):
                place, (found[place], below) = re.sub("\0\\d+", "", marks), words.split("\0")
                lines[place] = lines[at] + int(below)
        except ValueError:
            continue  # a quoted scalar, an alias, ...: not read
    return {at: plain(words) for at, words in found.items() if words}, {at: lines[at] for at in found if found[at]}
def toml_lines(text, flat):  # the line of each text that a hop may be at: key and value, else value, else key
    lines, spaces = {}, r"[ \t]*"
    for at in [at for at in flat if re.match("/(rule/(threat|index|query)|metadata/integration)", at)]:
        key, (first, *more) = re.sub(r"(/\d+)+$", "", at).split("/")[-1], str(flat[at]).strip().split("\n")
        quoted = f"[\"']{spaces}{re.escape(first.strip())}" + ("" if more else f"{spaces}[\"']")
        ways = (f"^{spaces}{key}{spaces}={spaces}[\"']*{quoted}", quoted,
                rf"^{spaces}(?:\[{{1,2}}[^\]\n]*\b)?{key}\b(?:\]+|{spaces}=)")
        found = next(filter(None, (re.search(way, text, re.MULTILINE) for way in ways)), None)
        lines[at] = text.count("\n", 0, found.start()) + 1 if found else 1
    return lines
MEDIA = {"application/json": lambda text: (dict(json_flat(json.loads(text))), {}), "application/yaml": yaml_flat,
         "application/toml": lambda text: (flat := dict(json_flat(tomllib.loads(text))), toml_lines(text, flat))}
