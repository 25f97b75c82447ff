"""The Node peer: the desk's own pages turned into templates, and the program that fills them from the same rows."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

from waiting import wait_for

SOURCE = Path(__file__).with_name("peer")
PROCESSES = 2
CONNECTIONS = 4  # of each process; the desk has four in all

MOMENT = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)|(?P<local>\d\d [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC)"
    r"|(?P<relative>\bin \d+ (?:s|min|h|d)(?: \d+ (?:s|min|h))?|\b\d+ (?:s|min|h|d)(?: \d+ (?:s|min|h))? ago)")


def install(folder, npm="npm"):
    """The packages of the lock file, and the program beside them."""
    for name in ("package.json", "package-lock.json", "server.mjs"):
        shutil.copy(SOURCE / name, folder)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True,
                   capture_output=True, text=True)


def _literal(text):
    """Text that Eta leaves alone."""
    return text.replace("<%", "<%= '<%' %>")


def _with_values(text, row, name, now):
    """Text in which the values of a row are expressions."""
    columns = {html.escape(str(value), quote=True): column for column, value in row.items()
               if isinstance(value, str) and len(value) > 3 and "T" not in value[10:11]}
    moments = {value[:19] + "Z": column for column, value in row.items()
               if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", value)}
    last = None

    def expression(found):
        nonlocal last
        if found.lastgroup == "iso":
            last = moments.get(found.group())
            return f"<%= it.iso({name}.{last}) %>" if last else found.group()
        if found.lastgroup in ("local", "relative") and last:
            return f"<%= it.{found.lastgroup}({name}.{last}{', ' + now if found.lastgroup == 'relative' else ''}) %>"
        return f"<%= {name}.{columns[found.group()]} %>" if found.group() in columns else found.group()

    words = sorted(columns, key=len, reverse=True)
    pattern = re.compile("|".join([MOMENT.pattern, *[rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in words]]))
    return pattern.sub(expression, text)


def page_template(page, session, rows, one_row):
    """The page as a template that takes its changing text from `it.session` and `it.rows`. one_row: the page is about
    rows[0]; else each <tr> that names a row's id becomes one turn of a loop, in one form for each status."""
    out = _literal(page)
    if one_row:
        out = _with_values(out, rows[0], "it.rows[0]", "it.session.now")
    else:
        chunks = [(found, row) for found in re.finditer(r"<tr\b.*?</tr>\s*", out, re.S)
                  for row in rows if row["id"] in found.group()]
        assert len(chunks) > len(rows) / 2, "the rows of the page were not found"
        forms = {}
        for found, row in chunks:
            forms.setdefault(row["status"], _with_values(found.group(), row, "row", "it.session.now"))
        loop = "".join(f"<% {'if' if at == 0 else '} else if'} (row.status === {json.dumps(status)}) {{ %>{form}"
                       for at, (status, form) in enumerate(forms.items()))
        out = (out[:chunks[0][0].start()] + f"<% for (const row of it.rows.slice(0, {len(chunks)})) {{ %>{loop}<% }} %><% }} %>"
               + out[chunks[-1][0].end():])
    return out.replace(session["csrf_token"], "<%= it.session.csrf_token %>")


def start(folder, run_as, database, socket, pages):
    job = folder / "job.json"
    job.write_text(json.dumps({"socket": str(socket), "database": database, "processes": PROCESSES,
                               "connections": CONNECTIONS, "pages": pages}))
    job.chmod(0o644)
    process = run_as(["node", "server.mjs", str(job)], cwd=folder, env={"NODE_ENV": "production"})
    wait_for(lambda: socket.exists() or process.poll() is not None, 30, "the peer listens")
    assert process.poll() is None, "the peer did not start"
    return process
