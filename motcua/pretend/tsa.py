"""A pretended time-stamping authority: RFC 3161 over HTTP, with a key of its own that nobody but a test believes."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from motcua.pretend.serving import Answer, Neighbour, Request
from motcua.pretend.weather import Weather

NAME = "Cơ quan cấp dấu thời gian giả lập"
_POLICY = "1.3.6.1.4.1.99999.1"
_LIFE = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Authority:
    """The key that signs, its certificate and the root it hangs on."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    def stamp(self, request: tsp.TimeStampReq, at: datetime) -> bytes:
        """The whole answer to a request."""
        told = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": _POLICY,
                "message_imprint": request["message_imprint"],
                "serial_number": int.from_bytes(os.urandom(8), "big"),
                "gen_time": at.replace(microsecond=0),
                "nonce": request["nonce"],
            }
        )
        token = cms.ContentInfo({"content_type": "signed_data", "content": self._sign(told.dump(), at)})
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _sign(self, content: bytes, at: datetime) -> cms.SignedData:
        own = _as_asn1(self.certificate)
        attributes = _make_attributes(content, self.certificate, at)
        signature = self.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": {
                    "issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}
                },
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_rsa"},
                "signature": signature,
            }
        )
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(content),
                },
                "certificates": [own, _as_asn1(self.root)],
                "signer_infos": [signer],
            }
        )


class TimeAuthority(Neighbour):
    """Answers time-stamp queries at ``/``; ``/chung-thu.pem`` is the certificate it is believed by."""

    name = "tsa"
    troubled: ClassVar[frozenset[str]] = frozenset({"/"})

    def __init__(self, authority: Authority | None = None, weather: Weather | None = None) -> None:
        super().__init__(weather)
        self.authority = authority or make_authority()

    def routes(self) -> Mapping[tuple[str, str], Callable[[Request], Answer]]:
        return {
            ("POST", "/"): self._stamp,
            ("GET", "/"): self._greet,
            ("GET", "/chung-thu.pem"): self._show_root,
        }

    def _stamp(self, request: Request) -> Answer:
        try:
            asked = tsp.TimeStampReq.load(request.body)
            answer = self.authority.stamp(asked, datetime.now(UTC))
        except (ValueError, TypeError):
            refused = tsp.TimeStampResp({"status": {"status": "rejection"}})
            return Answer(bytes(refused.dump()), 200, "application/timestamp-reply")
        return Answer(answer, 200, "application/timestamp-reply")

    def _greet(self, request: Request) -> Answer:
        return Answer(f"<!doctype html><title>{NAME}</title><p>{NAME} (RFC 3161).".encode())

    def _show_root(self, request: Request) -> Answer:
        return Answer(
            self.authority.root.public_bytes(serialization.Encoding.PEM), 200, "application/x-pem-file"
        )


def make_authority(folder: Path | None = None) -> Authority:
    """A new authority, or the one kept in a folder: days stamped before a restart hang on the same root."""
    kept = folder / "tsa.pem" if folder else None
    if kept is not None and kept.exists():
        return _read(kept.read_bytes())
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root = _certify(f"{NAME} – gốc", root_key, None, root_key)
    made = Authority(key, _certify(NAME, key, root, root_key), root)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_write(made))
    return made


def _certify(
    name: str, key: rsa.RSAPrivateKey, issuer: x509.Certificate | None, issuer_key: rsa.RSAPrivateKey
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begun = datetime.now(UTC) - timedelta(days=1)
    is_root = issuer is None
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + _LIFE)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(_make_usage(is_root), critical=True)
    )
    if not is_root:
        # RFC 3161 2.3: the key stamps time and does nothing else.
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return builder.sign(issuer_key, hashes.SHA256())


def _make_usage(is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )


def _make_attributes(content: bytes, certificate: x509.Certificate, at: datetime) -> cms.CMSAttributes:
    fingerprint = sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()
    named = tsp.SigningCertificateV2({"certs": [{"cert_hash": fingerprint}]})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute(
                {"type": "signing_time", "values": [cms.Time({"utc_time": at.replace(microsecond=0)})]}
            ),
            cms.CMSAttribute({"type": "message_digest", "values": [sha256(content).digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
        ]
    )


def _as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _write(authority: Authority) -> bytes:
    key = authority.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = (authority.certificate, authority.root)
    return key + b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


def _read(kept: bytes) -> Authority:
    key = serialization.load_pem_private_key(kept, None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("the kept key is of another kind")
    certificate, root = x509.load_pem_x509_certificates(kept)
    return Authority(key, certificate, root)
