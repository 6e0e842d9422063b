# SPDX-License-Identifier: Apache-2.0
"""A door before Linode: while it is shut, nobody listens at its port and a connection is refused."""
import socket
import threading


class Door:
    def __init__(self, url):
        scheme, _, rest = url.partition("://")
        where, slash, path = rest.partition("/")
        host, _, port = where.partition(":")
        self.inside = (host, int(port))
        self.listener = None
        self.lock = threading.Lock()
        self.guests = set()
        self.last = None
        self.port = 0
        self.open()
        self.url = f"{scheme}://127.0.0.1:{self.port}{slash}{path}"

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
        self.last = request.encode()

    def serve(self, listener):
        while True:
            try:
                guest, _ = listener.accept()
            except OSError:
                return
            with self.lock:
                if self.listener is not listener:  # it was shut meanwhile
                    end(guest)
                    return
                self.guests.add(guest)
            threading.Thread(target=self.lead, args=(guest,), daemon=True).start()

    def lead(self, guest):
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
        """Told to be the last of its connection, and the door is shut before it arrives."""
        self.shut(but=target)
        line, _, rest = data.partition(b"\r\n")
        return line + b"\r\nConnection: close\r\n" + rest


def end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
