# SPDX-License-Identifier: Apache-2.0
"""A door before Linode: while it is shut, nobody listens at its port and a connection is refused.
With a certificate (and its key) whoever comes in has to speak TLS, and Linode itself need not."""
import socket
import ssl
import threading


class Door:
    def __init__(self, url, certificate=None):
        self.certificate = certificate
        scheme, _, rest = url.partition("://")
        where, slash, path = rest.partition("/")
        host, _, port = where.partition(":")
        self.inside = (host, int(port))
        self.listener = None
        self.lock = threading.Lock()
        self.guests = set()
        self.last = self.act = None
        self.port = 0
        self.open()
        host = "https://localhost" if certificate else f"{scheme}://127.0.0.1"
        self.url = f"{host}:{self.port}{slash}{path}"

    def open(self):
        self.last = None
        if not self.listener:
            self.listener = socket.create_server(("127.0.0.1", self.port))
            self.port = self.listener.getsockname()[1]
            threading.Thread(target=self.serve, args=(self.listener,), daemon=True).start()

    def shut(self, but=None):
        """Nobody comes in, and whoever else is in has to leave."""
        with self.lock:
            listener, self.listener = self.listener, None
            guests = self.guests - {but}
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for guest in guests:
            end(guest)

    def shut_after(self, request):
        """The answer to a request that begins so is the last that goes out."""
        self.last, self.act = request.encode(), self.shut

    def present(self, certificate, but=None):
        """Another certificate, to whoever comes in from now on; whoever else is in has to leave."""
        with self.lock:
            self.certificate, self.last = certificate, None
            guests = self.guests - {but}
        for guest in guests:
            end(guest)

    def present_after(self, request, certificate):
        """The answer to a request that begins so is the last that goes out under the old one."""
        self.last = request.encode()
        self.act = lambda but: self.present(certificate, but)

    def serve(self, listener):
        while True:
            try:
                guest, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.lead, args=(guest, listener), daemon=True).start()

    def lead(self, guest, listener):
        certificate = self.certificate
        try:
            guest = under_tls(guest, certificate) if certificate else guest
        except OSError:  # he did not like it
            return
        with self.lock:
            if self.listener is not listener or self.certificate is not certificate:
                end(guest)  # it was shut meanwhile
                return
            self.guests.add(guest)
        host = socket.create_connection(self.inside)
        state = {}
        threading.Thread(target=self.copy, args=(host, guest, state), daemon=True).start()
        self.copy(guest, host, state, asks=True)
        with self.lock:
            self.guests.discard(guest)

    def copy(self, source, target, state, asks=False):
        try:
            while data := source.recv(1 << 20):
                if asks and self.last and data.startswith(self.last):
                    state["last"] = True
                if not asks and state.pop("last", False):
                    data = self.last_answer(data, target)
                target.sendall(data)  # an answer may come in several pieces
        except OSError:
            pass
        end(source)
        end(target)

    def last_answer(self, data, target):
        """Told to be the last of its connection; the door is another before it arrives."""
        self.act(but=target)
        line, _, rest = data.partition(b"\r\n")
        return line + b"\r\nConnection: close\r\n" + rest


def under_tls(connection, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context.wrap_socket(connection, server_side=True)


def end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
