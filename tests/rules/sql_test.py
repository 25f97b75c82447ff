"""Where SQL may stand, and how it is written."""

import re

from source_tree import files, lines, shown

STATEMENT = re.compile(r'"\s*(SELECT\b.*\bFROM\b|INSERT INTO\b|UPDATE \w+ SET\b|DELETE FROM\b|WITH \w+ AS\b)')
STORE = files(".cpp", under="core/store")


def test_sql_stands_in_the_store_only():
    wrong = []
    for top in ("core/base", "core/model", "core/cloud", "cgi", "worker"):
        for path in files(".cpp", ".hpp", under=top):
            wrong += [f"{shown(path)}:{number}: {text.strip()}" for number, text in lines(path) if STATEMENT.search(text)]
    assert wrong == []


def test_columns_are_named_never_starred():
    assert STORE
    wrong = []
    for path in STORE:
        for number, text in lines(path):
            if re.search(r"\bSELECT\s+(\w+\.)?\*|RETURNING\s+\*", text):
                wrong.append(f"{shown(path)}:{number}: {text.strip()}")
    assert wrong == []


def test_migrations_are_numbered_without_gaps():
    names = [path.name for path in files(".sql", under="migrations")]
    assert names
    assert [int(name.split("_")[0]) for name in names] == list(range(1, len(names) + 1))


def test_a_migration_that_takes_something_away_says_that_it_breaks_older_programs():
    taking = re.compile(r"\b(DROP (TABLE|COLUMN|FUNCTION|VIEW)|RENAME|ALTER COLUMN \w+ (TYPE|SET NOT NULL))\b", re.I)
    wrong = []
    for path in files(".sql", under="migrations"):
        text = path.read_text()
        if not text.startswith("-- breaks older programs:") and taking.search(re.sub(r"--.*", "", text)):
            wrong.append(shown(path))
    assert wrong == []
