"""newest_mail.py MAIL-DIR ADDRESS: prints the newest mail to an address; status 1 where there is none."""

import sys

from server.mail import MailDirectory

mails = MailDirectory(sys.argv[1]).of(sys.argv[2])
if not mails:
    sys.exit(1)
sys.stdout.write(mails[-1].read_text("utf-8"))
