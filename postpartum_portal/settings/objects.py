"""Where files are kept: on this machine, or in an S3-speaking object store if the environment names a bucket."""

from typing import Any

import environ

FILES_HERE = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORE = "postpartum_portal.shared.object_store.ObjectStore"
PRIVATE = "private"


def files_of(env: environ.Env) -> dict[str, Any]:
    """`STORAGES["default"]`; what is left empty the client finds itself: a role of the machine, a region."""
    bucket = env("OBJECT_STORE_BUCKET", default="")
    if not bucket:
        return FILES_HERE
    options = {
        "bucket_name": bucket,
        "endpoint_url": env("OBJECT_STORE_ENDPOINT", default="") or None,
        "region_name": env("OBJECT_STORE_REGION", default="") or None,
        "access_key": env("OBJECT_STORE_KEY", default="") or None,
        "secret_key": env("OBJECT_STORE_SECRET", default="") or None,
        # "none" for buckets that know no lists of access and refuse files that bring one
        "default_acl": {"none": None, "": PRIVATE}.get(acl := env("OBJECT_STORE_ACL", default=PRIVATE), acl),
        "addressing_style": env("OBJECT_STORE_ADDRESSING", default="") or None,
    }
    return {"BACKEND": STORE, "OPTIONS": options}
