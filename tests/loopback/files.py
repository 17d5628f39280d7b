"""The files of messages: what a request attaches, and how components refer to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from mimetypes import guess_type
from typing import NamedTuple

from .display import walk
from .forms import Form
from .wire import Json, Upload, Uploads

MAX_FILES, MAX_DESCRIPTION = 10, 1024
THUMBNAIL, GALLERY, FILE = 11, 12, 13


@dataclass(eq=False)
class File:
    """A file of a message; its ``description`` is the alt text of an image."""

    id: int
    name: str
    data: bytes
    description: str | None
    url: str

    def payload(self) -> Json:
        """The file as an attachment."""
        described = {} if self.description is None else {"description": self.description}
        return self._place() | described | {"id": str(self.id), "filename": self.name, "size": len(self.data)}

    def media(self) -> Json:
        """The file as a component shows it."""
        return self._place() | {"attachment_id": str(self.id)}

    def _place(self) -> Json:
        kind = guess_type(self.name)[0] or "application/octet-stream"
        return {"url": self.url, "proxy_url": self.url, "content_type": kind}


@dataclass(frozen=True)
class Picture:
    """A picture that a component shows; one from elsewhere on the web has no ``data``."""

    name: str
    data: bytes
    alt: str | None


class Attached(NamedTuple):
    """A file that a message has after a request: kept or new, and as the request describes it."""

    name: str
    description: str | None
    source: File | Upload

    @property
    def references(self) -> set[str]:
        """The URLs by which components mean it."""
        by_name = f"attachment://{self.name}"
        return {by_name, self.source.url} if isinstance(self.source, File) else {by_name}


def attached(body: Json, files: Sequence[File], uploads: Uploads) -> list[Attached]:
    """What a message with these ``files`` has after a request, as far as that is well formed: by default, all."""
    known: dict[str, File | Upload] = {str(file.id): file for file in files}
    known |= {str(number): upload for number, upload in uploads.items()}
    listed = body.get("attachments")
    if not isinstance(listed, list):
        return [Attached(one.name, one.description, one) for one in known.values()]
    return [
        Attached(str(item.get("filename") or one.name), item.get("description", one.description), one)
        for item in listed
        if isinstance(item, dict) and (one := known.get(str(item.get("id")))) is not None
    ]


def check_attachments(form: Form, files: Sequence[File], uploads: Uploads) -> None:
    """Note what is wrong with a message's list of files."""
    known = {file.id for file in files} | uploads.keys()
    for item in form.forms("attachments", high=MAX_FILES):
        item.text("filename", 1, 1024)
        item.text("description", high=MAX_DESCRIPTION)
        number = item.snowflake("id", required=True)
        if number is not None and number not in known:
            item.problem("ATTACHMENT_NOT_FOUND", "Attachment data cannot be found")
    if form.data.get("attachments") is None and len(known) > MAX_FILES:
        form.problem("BASE_TYPE_BAD_LENGTH", f"Must be between 0 and {MAX_FILES} in length.", "attachments")


def check_nothing_hidden(form: Form, components: list[Json], files: list[Attached]) -> None:
    """Note the files that a request attaches to a message with Components V2 without showing them."""
    shown = {media["url"] for media, _ in media_in(components)}
    listed = form.data.get("attachments") is not None
    hidden = [one.name for one in files if (listed or isinstance(one.source, Upload)) and not one.references & shown]
    if hidden:
        form.problem("LOOPBACK_HIDDEN_ATTACHMENT", f"Nobody would see {hidden}", "attachments")


def media_in(components: list[Json]) -> Iterator[tuple[Json, Json]]:
    """What components show, each with the component or item that describes it."""
    for part in walk(components):
        for item in part["items"] if part["type"] == GALLERY else [part]:
            for key in ("media", "file"):
                if key in item:
                    yield item[key], item


def pictures_in(components: list[Json], files: Sequence[File]) -> list[Picture]:
    """The pictures of galleries and thumbnails, from top to bottom."""
    by_url = {file.url: file for file in files}
    found = []
    for media, item in media_in(components):
        if item.get("type") != FILE:
            file = by_url.get(media["url"])
            name, data = (file.name, file.data) if file is not None else (media["url"], b"")
            found.append(Picture(name, data, item.get("description")))
    return found
