"""A small web server that answers by path, for what the platform fetches itself."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

Answers = Mapping[str, tuple[str, bytes]]
"""Path to status line with headers, and body."""


@asynccontextmanager
async def web_server(answers: Answers) -> AsyncIterator[str]:
    """Its address; a path that has no answer is never answered."""
    hanging = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        path = request.split(b" ")[1].decode()
        if path not in answers:
            await hanging.wait()
        head, body = answers.get(path, ("204 No Content", b""))
        size = f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(f"HTTP/1.1 {head}\r\n{size}".encode() + body)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        hanging.set()
