"""Files in an S3-speaking object store: private, under exactly their names, and soon an error where it is away.

Only production's settings name this module; it needs the extra `objects`. Nobody gets a file from the store itself:
pages read it with the portal's key, behind the check.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from .away import Away
from .storage import StoreAway

SPOOLED_BYTES = 5 * 1024 * 1024
"""What is larger waits on the disk, not in memory, while it is handed on."""
PATIENCE = Config(
    connect_timeout=1.5,
    read_timeout=3,  # twice, with what comes before: eight seconds
    retries={"total_max_attempts": 2, "mode": "standard"},
    # Not every store knows the checksums that S3 itself does since 2025; the portal keeps hashes of its own.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
"""An answer within ten seconds, also of a store that hangs (docs/adr/0034)."""

away = Away(seconds=5)
"""Of the pages of a paper the second one would wait as long as the first, and each that is deleted again."""


class ObjectStore(S3Storage):
    def __init__(self, *, addressing_style: str | None = None, **options: Any) -> None:
        config = PATIENCE.merge(Config(s3={"addressing_style": addressing_style}))
        super().__init__(client_config=config, max_memory_size=SPOOLED_BYTES, file_overwrite=True, **options)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _away_is_told():
            file = super()._open(name, mode)
            file.open()  # all of it now: an answer that has begun could not say any more that something is away
            return file

    def _save(self, name: str, content: Any) -> Any:
        with _away_is_told():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with _away_is_told():
            super().delete(name)

    def exists(self, name: str) -> Any:
        with _away_is_told():
            return super().exists(name)

    def listdir(self, name: str) -> Any:
        with _away_is_told():
            return super().listdir(name)

    def get_modified_time(self, name: str) -> Any:
        with _away_is_told():
            try:
                return super().get_modified_time(name)
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                    raise FileNotFoundError(name) from error
                raise


@contextmanager
def _away_is_told() -> Iterator[None]:
    if away:
        raise StoreAway("LeftAlone")
    try:
        yield
    except ClientError as error:  # it answered, and refused
        raise StoreAway(f"ClientError {error.response['Error']['Code']}") from error
    except (Boto3Error, BotoCoreError) as error:
        away.note()
        raise StoreAway(type(error).__name__) from error
