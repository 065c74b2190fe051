"""Mail goes into a directory: one text file for each, named by address and number."""
import hashlib
import re
import threading
from pathlib import Path
from urllib.parse import quote


def file_stem(address: str) -> str:
    name = quote(address, safe="@+")
    return name if len(name) <= 150 else hashlib.sha256(address.encode()).hexdigest()


class MailDirectory:
    def __init__(self, directory: str):
        self.directory = Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.lock = threading.Lock()

    def of(self, address: str) -> list[Path]:
        """The mails to an address, oldest first."""
        expression = re.compile(re.escape(file_stem(address)) + r"-[0-9]{5}\.txt\Z")
        return sorted(path for path in self.directory.iterdir() if expression.match(path.name))

    def send(self, address: str, subject: str, body: str) -> None:
        with self.lock:
            path = self.directory / f"{file_stem(address)}-{len(self.of(address)) + 1:05}.txt"
            draft = path.with_suffix(".tmp")
            draft.write_text(f"To: {address}\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{body}\n", "utf-8")
            draft.rename(path)
