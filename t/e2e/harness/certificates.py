# SPDX-License-Identifier: Apache-2.0
"""Certificates for a Linode over TLS: an authority, and servers good and bad."""
import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def days(number):
    return datetime.datetime.utcnow() + datetime.timedelta(days=number)


def builder(subject, issuer, key, begins, ends):
    return (x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(days(begins)).not_valid_after(days(ends)))


class Authority:
    """Signs certificates and writes them into a directory."""

    def __init__(self, directory, title="Test authority"):
        self.directory, self.title = directory, title
        self.key = ec.generate_private_key(ec.SECP256R1())
        certificate = (builder(title, title, self.key, -10, 10)
                       .add_extension(x509.BasicConstraints(True, None), True)
                       .sign(self.key, hashes.SHA256()))
        self.file = directory / f"{title.replace(' ', '-')}.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def server(self, host="localhost", begins=-1, ends=1):
        """(certificate, key) files of a server of that name."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [x509.DNSName(host)]
        if host == "localhost":
            names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        certificate = (builder(host, self.title, key, begins, ends)
                       .add_extension(x509.SubjectAlternativeName(names), False)
                       .sign(self.key, hashes.SHA256()))
        files = [self.directory / f"{host}{begins}{ends}.{end}" for end in ("pem", "key")]
        files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        files[1].write_bytes(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()))
        return [str(file) for file in files]
