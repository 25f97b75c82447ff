"""The statements that a page or a job runs, as PostgreSQL logs them, for floors, for pgbench and for the peer."""

import re
from dataclasses import dataclass

from waiting import wait_for

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[(\d+)\] \S* (LOG|DETAIL):  (.*?)(?=^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[|\Z)", re.M | re.S)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")


@dataclass
class Statement:
    process: str  # of the server
    name: str     # "" of those without parameters: BEGIN, COMMIT
    text: str
    values: list  # text or None

    @property
    def literal(self):
        """The statement with its values in it."""
        quoted = ["NULL" if value is None else "'" + value.replace("'", "''") + "'" for value in self.values]
        return re.sub(r"\$(\d+)", lambda found: quoted[int(found.group(1)) - 1], self.text)


def parse(log):
    """Every statement that was executed, in the order of the log."""
    found = []
    for process, kind, text in ENTRY.findall(log):
        if kind == "LOG" and (executed := re.match(r"(?:statement|execute ([^:]+)): (.*)", text, re.S)):
            found.append(Statement(process, executed.group(1) or "", executed.group(2).replace("\n\t", "\n").strip(), []))
        elif kind == "DETAIL" and found:
            found[-1].values = [None if value == "NULL" else value[1:-1].replace("''", "'")
                                for _, value in PARAMETER.findall(text)]
    return found


def logged(desk, act):
    """What `act()` returns, and the statements that ran meanwhile."""
    admin_sql = desk.superuser_sql
    admin_sql("ALTER SYSTEM SET log_statement = 'all'")
    admin_sql("SELECT pg_reload_conf()")
    wait_for(lambda: admin_sql("SHOW log_statement").strip() == "all", 10, "statements are logged")
    began = len(desk.log("postgres"))
    result = act()
    admin_sql("SELECT 'that was it'")
    wait_for(lambda: "that was it" in desk.log("postgres")[began:], 10, "the log of the statements")
    admin_sql("ALTER SYSTEM RESET log_statement")
    admin_sql("SELECT pg_reload_conf()")
    return result, parse(desk.log("postgres")[began:])


def of_page(desk, path):
    """The answer to a GET of `path`, and what it runs."""
    def get():
        answer = desk.call("GET", path, headers={"Cookie": desk.cookie})
        assert answer.status == 200, (path, answer.status)
        return answer

    get()  # what a session does once a minute is none of the page's
    answer, ran = logged(desk, get)
    return answer, [one for one in ran if one.name]


def of_job(desk, run):
    """What the claim and the completion of one job run, transactions included; `run()` does that, on one connection."""
    _, ran = logged(desk, run)
    runner = next(one.process for one in ran if one.name == "leases_claim")
    own = [one for one in ran if one.process == runner]
    return own[next(at for at, one in enumerate(own) if one.text.startswith("BEGIN")):]


# pgbench has no variables that are NULL or empty: these stand in the statement.
CONSTANTS = {None: "NULL", "": "''"}


def _line(statement, place):
    """The statement on one line; place(n, value): what stands for its parameter n."""
    return " ".join(re.sub(r"\$(\d+)", lambda found: place(int(found.group(1)), statement.values[int(found.group(1)) - 1]),
                           statement.text).split()) + ";"


def pgbench_script(statements):
    """One page's statements in one round trip, as the desk sends them at best."""
    lines = [_line(statement, lambda at, value: CONSTANTS.get(value, f":v{number}_{at}"))
             for number, statement in enumerate(statements)]
    return "\n".join(["\\startpipeline", *lines, "\\endpipeline", ""])


def pgbench_values(statements):
    """-D arguments for pgbench_script() and job_script()."""
    return [word for number, statement in enumerate(statements) for at, value in enumerate(statement.values, start=1)
            if value for word in ("-D", f"v{number}_{at}={value}")]


# What a statement answers is a variable with this before its column's name.
ANSWERS = {"leases_claim": "claim_", "audit_head": "audit_"}
FROM_ANSWERS = {("audit_append", 1): ":audit_at", ("audit_append", 11): ":audit_head",
                ("audit_append", 12): ":claim_lease_token"}  # a hash that is another one each time


def job_script(statements):
    """A job's statements one after another, each turn for another job: of client c in its turn t (from 0) that whose id
    and whose cluster's id end in the number :first + (c * :turns + t) * :stride."""
    token = next(one for one in statements if one.name == "leases_fence").values[1]
    lines = ["\\set number :first + (:client_id * :turns + :turn) * :stride", "\\set turn :turn + 1"]
    for number, statement in enumerate(statements):
        def place(at, value):
            if value == token:
                return ":claim_lease_token"
            if (statement.name, at) in FROM_ANSWERS:
                return FROM_ANSWERS[statement.name, at]
            if value and (found := re.fullmatch(r"((?:job|clu)_0*)[1-9]\d*", value)):
                return f"('{found.group(1)}' || :number)"
            return CONSTANTS.get(value, f":v{number}_{at}")

        line = _line(statement, place)
        lines.append(line[:-1] + f" \\gset {ANSWERS[statement.name]}" if statement.name in ANSWERS else line)
    return "\n".join([*lines, ""])
