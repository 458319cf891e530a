"""Handing letters to a mail server."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from observations.base.settings import MailServer

TIMEOUT_S = 10


class Smtp:
    """Fulfils `Post` of `mailing.py`, by a connection a letter."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand one letter over.

        Raises `OSError`, and of those `SMTPRecipientsRefused` for this address alone. Where the
        setting asks for an encrypted connection nothing is said before there is one.
        """
        server = self._server
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = server.sender, to, subject
        letter["Date"] = formatdate()
        letter["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        with self._connection() as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(letter)

    def _connection(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        where = (server.host, server.port)
        if server.security == "tls":
            return smtplib.SMTP_SSL(*where, timeout=TIMEOUT_S, context=context)
        connection = smtplib.SMTP(*where, timeout=TIMEOUT_S)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
        return connection
