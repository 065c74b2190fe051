"""What survives a crash (HTTP-14): accounts, groups, links, resources, teams and codes, in SQLite.

Callers hold `Store.lock` for a whole request, check first, and then write in one `with store.write()`.
"""
import secrets
import sqlite3
import threading

SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS account (
  id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, firstName TEXT NOT NULL, lastName TEXT NOT NULL,
  saltKey TEXT NOT NULL, saltAuth TEXT NOT NULL, saltEnc TEXT NOT NULL, verifier TEXT NOT NULL,
  publicKey TEXT NOT NULL, encPrivateKey TEXT NOT NULL, encSymmetricKey TEXT NOT NULL,
  isVerified INTEGER NOT NULL, created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS confirmation (
  hash BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  email TEXT NOT NULL, mailed REAL NOT NULL);
CREATE TABLE IF NOT EXISTS code (
  account TEXT PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  hash BLOB NOT NULL, mailed REAL NOT NULL, wrong INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS team (id TEXT PRIMARY KEY, name TEXT NOT NULL, owner TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS team_member (
  team TEXT NOT NULL REFERENCES team ON DELETE CASCADE, account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  PRIMARY KEY (team, account));
CREATE TABLE IF NOT EXISTS resource_group (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, parentResourceId TEXT NOT NULL,
  name TEXT NOT NULL, owner TEXT NOT NULL REFERENCES account ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS link (
  groupId TEXT NOT NULL REFERENCES resource_group (id) ON DELETE CASCADE,
  account TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
  encSymmetricKey TEXT NOT NULL, PRIMARY KEY (groupId, account));
CREATE TABLE IF NOT EXISTS resource (
  groupId TEXT NOT NULL REFERENCES resource_group (id) ON DELETE CASCADE,
  id TEXT NOT NULL, version TEXT NOT NULL, removed INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (groupId, id));
"""


class Store:
    def __init__(self, file: str | None):
        self.lock = threading.RLock()
        self.db = sqlite3.connect(file or ":memory:", check_same_thread=False, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.executescript(SCHEMA)
        self.db.execute("INSERT OR IGNORE INTO setting VALUES ('secret', ?)", (secrets.token_bytes(32),))
        self.secret: bytes = self.one("SELECT value FROM setting WHERE name = 'secret'")["value"]

    def write(self) -> "Transaction":
        return Transaction(self.db)

    def all(self, sql: str, *values) -> list[sqlite3.Row]:
        return self.db.execute(sql, values).fetchall()

    def one(self, sql: str, *values) -> sqlite3.Row | None:
        return self.db.execute(sql, values).fetchone()

    def run(self, sql: str, *values) -> None:
        self.db.execute(sql, values)

    def put(self, table: str, row: dict) -> None:
        """Inserts the row, or takes the place of the one with its key."""
        self.insert(table, row, "INSERT OR REPLACE")

    def insert(self, table: str, row: dict, verb: str = "INSERT") -> None:
        marks = ", ".join("?" * len(row))
        self.db.execute(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))

    def account(self, account_id: str) -> sqlite3.Row | None:
        return self.one("SELECT * FROM account WHERE id = ?", account_id)

    def account_at(self, email: str) -> sqlite3.Row | None:
        return self.one("SELECT * FROM account WHERE email = ?", email)


class Transaction:
    """All or nothing."""

    def __init__(self, db: sqlite3.Connection):
        self.db = db

    def __enter__(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind, *_) -> None:
        self.db.execute("COMMIT" if kind is None else "ROLLBACK")
