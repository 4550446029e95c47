"""What the stand-ins remember: small JSON documents in one SQLite file."""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from threading import RLock

SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, serial INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS document_newest ON document (kind, serial DESC);
"""

Document = dict[str, object]


class Store:
    """Documents by kind and key; each method is one atomic step, whatever thread calls it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        self._db = sqlite3.connect(
            folder / "state.sqlite3", check_same_thread=False, isolation_level=None
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def get(self, kind: str, key: str) -> Document | None:
        with self._lock:
            row = self._db.execute(
                "SELECT body FROM document WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, kind: str, key: str, body: Mapping[str, object]) -> None:
        with self._lock:
            self._db.execute(
                "INSERT INTO document VALUES (?, ?, ?, (SELECT coalesce(max(serial), 0) + 1 "
                "FROM document)) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
                (kind, key, json.dumps(body, ensure_ascii=False)),
            )

    def add(self, kind: str, key: str, body: Mapping[str, object]) -> bool:
        """False when the key is taken: the first document stays."""
        with self._lock:
            if self.get(kind, key) is not None:
                return False
            self.put(kind, key, body)
            return True

    def take(self, kind: str, key: str) -> Document | None:
        """Read and remove; of two callers one gets the document, the other nothing."""
        with self._lock:
            body = self.get(kind, key)
            self.remove(kind, key)
            return body

    def remove(self, kind: str, key: str) -> None:
        with self._lock:
            self._db.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))

    def all(self, kind: str) -> list[Document]:
        """Every document of the kind, the oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT body FROM document WHERE kind = ? ORDER BY serial", (kind,)
            ).fetchall()
        return [json.loads(row[0]) for row in rows]

    def newest(self, kind: str, *, limit: int = 200) -> list[Document]:
        with self._lock:
            rows = self._db.execute(
                "SELECT body FROM document WHERE kind = ? ORDER BY serial DESC LIMIT ?",
                (kind, limit),
            ).fetchall()
        return [json.loads(row[0]) for row in rows]
