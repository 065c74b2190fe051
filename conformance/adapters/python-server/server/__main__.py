import argparse

from . import clock
from .http_server import HttpServer
from .mail import MailDirectory, MailServer
from .service import Service
from .store import Store


def main() -> None:
    parser = argparse.ArgumentParser(prog="server", description="A server of e2ee-sync 1.0.0")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--profile", choices=("documented", "deployed"), required=True)
    parser.add_argument("--data", metavar="FILE", help="SQLite file; without it nothing outlives the process")
    mail = parser.add_mutually_exclusive_group(required=True)
    mail.add_argument("--mail-dir", metavar="DIR")
    mail.add_argument("--smtp", metavar="URL", help="such as smtp://127.0.0.1:25")
    parser.add_argument("--mail-from", metavar="ADDRESS", default="sync@localhost")
    parser.add_argument("--public-url", metavar="URL", help="where users reach the server")
    parser.add_argument("--attempts", type=int, default=600, help="logins per address and 10 minutes")
    parser.add_argument("--clock-ahead", type=int, default=0, metavar="SECONDS", help="to try what expires")
    options = parser.parse_args()
    clock.ahead = options.clock_ahead

    public_url = options.public_url or f"http://{options.host}:{options.port}"
    post = MailServer(options.smtp, options.mail_from) if options.smtp else MailDirectory(options.mail_dir)
    service = Service(options.profile, Store(options.data), post, public_url,
                      options.attempts, 10 * options.attempts)
    server = HttpServer((options.host, options.port), service)
    print(f"{options.profile} at {public_url}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


main()
