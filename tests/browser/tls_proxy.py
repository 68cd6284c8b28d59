"""A small web server with TLS before the app, as docs/deployment.md describes one."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@contextmanager
def tls_proxy(port: int, folder: Path, prefix: str = "") -> Iterator[str]:
    """The address of a server that passes everything on to a port of this machine.

    Parameters
    ----------
    port : int
        Where the app is.
    folder : Path
        For key and certificate.
    prefix : str
        A path such as ``/cloutproof``, below which the app is served and which is taken off.
    """
    loop = asyncio.new_event_loop()
    context = _certified(folder)
    # In a thread of its own: the browser's driver runs a loop in this one.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = asyncio.start_server(_passing_on(port, prefix), "127.0.0.1", 0, ssl=context)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(30)
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}{prefix}"
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    # A closed connection lets go of its socket a few turns of the loop later.
    await asyncio.sleep(0.2)


def _passing_on(port: int, prefix: str):  # type: ignore[no-untyped-def]
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner: asyncio.StreamWriter | None = None
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            inner_reader, inner = await asyncio.open_connection("127.0.0.1", port)
            inner.write(_rewritten(head, prefix))
            await asyncio.gather(_copy(reader, inner), _copy(inner_reader, writer))
        except asyncio.CancelledError:
            # The test is over, and nobody waits for what is left to send.
            for end in (writer, inner):
                if end is not None:
                    end.transport.abort()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            # The other side is gone.
            pass
        finally:
            for end in (writer, inner):
                if end is not None:
                    end.close()

    return serve


def _rewritten(head: bytes, prefix: str) -> bytes:
    first, *headers = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    method, path, version = first.split(" ")
    assert path.startswith(prefix), path
    upgrade = any(line.lower().startswith("upgrade:") for line in headers)
    kept = [line for line in headers if upgrade or not line.lower().startswith("connection:")]
    # One request a connection, so that no later one passes without being looked at.
    added = ["X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.7"]
    added += [] if upgrade else ["Connection: close"]
    line = f"{method} {path.removeprefix(prefix) or '/'} {version}"
    return ("\r\n".join([line, *kept, *added]) + "\r\n\r\n").encode("latin-1")


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    except (ConnectionError, ssl.SSLError):
        pass
    finally:
        sink.close()


def _certified(folder: Path) -> ssl.SSLContext:
    """TLS with a certificate of its own making, good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
