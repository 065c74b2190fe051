"""Where mail goes: into a directory, one text file for each, named by address and number; or to a mail server."""
import hashlib
import re
import smtplib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, urlsplit


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


class MailServer:
    """Mail is handed on in the order in which it was written, while the answer is already on its way."""

    def __init__(self, url: str, sender: str):
        address = urlsplit(url)
        self.host, self.port, self.sender = address.hostname, address.port or 25, sender
        self.queue = ThreadPoolExecutor(max_workers=1)

    def send(self, address: str, subject: str, body: str) -> None:
        self.queue.submit(self._send, address, subject, body)

    def _send(self, address: str, subject: str, body: str) -> None:
        message = EmailMessage()
        message["From"], message["Subject"] = self.sender, subject
        message.set_content(body)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=10) as server:
                server.command_encoding = "utf-8"
                server.ehlo()
                server.mail(self.sender, ["SMTPUTF8"])
                # As it is: an address of the protocol need not be one that smtplib would write in the same way.
                code, reason = server.docmd("RCPT", f"TO:<{address}>")
                if code != 250:
                    raise smtplib.SMTPResponseException(code, reason)
                server.data(message.as_bytes())
        except (OSError, smtplib.SMTPException) as error:
            print(f"a mail was not taken: {type(error).__name__}", file=sys.stderr, flush=True)
