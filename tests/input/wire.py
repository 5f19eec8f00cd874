"""What stands around a form: names of files, headers, parts of addresses, as they arrive. Data only."""

FILE_NAMES = {
    "path": "../../../etc/passwd",
    "windows path": "C:\\\\Windows\\\\win.ini",
    "NUL": "a%00.jpg",
    "bidi": "\u202egpj.exe",
    "long": "あ" * 300 + ".jpg",
    "none": "",
    "dots": "...",
    "markup": "<img src=x onerror=alert(1)>.jpg",
    "half a character": "%ED%A0%80.jpg",
}

HEADERS = {
    "HTTP_REFERER": ["javascript:alert(1)", "http://[", "//example.com", "あ".encode().decode("latin-1"), "x" * 5_000],
    "HTTP_ACCEPT_LANGUAGE": ["ja" * 3_000, "*;q=x", "\xff\xfe", "../../en", "x-" * 400, "ja,en;q=0.0000000001"],
    "HTTP_COOKIE": [
        "sessionid=" + "x" * 5_000,
        "sessionid=\xff\xfe; csrftoken=\x01",
        "messages=not-signed; django_language=../../etc",
        ";;;===",
        'sessionid="unended',
    ],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Thu, 99 Foo 99999 99:99:99 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "0"],
    "HTTP_IF_NONE_MATCH": ['"', "W/" * 500, "*"],
    "HTTP_RANGE": ["bytes=9-1", "bytes=-", "lines=1-2"],
    "HTTP_HX_REQUEST": ["true", "\xff", "false"],
    "HTTP_HX_CURRENT_URL": ["http://[", "javascript:alert(1)", "https://example.com/", "\xff", "x" * 5_000],
    "HTTP_HX_TARGET": ['"><script>', "\xff"],
    "HTTP_HX_TRIGGER_NAME": ["%ED%A0%80", "\xff"],
    "HTTP_HX_PROMPT": ["\xff\xfe", "%00"],
    "HTTP_ACCEPT": ["text/html;q=x", ";", "*/*;" * 500],
    "HTTP_ACCEPT_ENCODING": ["gzip;q=x", "\xff", "br, gzip, *"],
    "HTTP_X_FORWARDED_FOR": ["'; DROP TABLE", "::1, x"],
    "HTTP_X_FORWARDED_PROTO": ["https, http", "\xff"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_X_REQUEST_ID": ["x" * 5_000, "\xff"],
    "HTTP_X_CSRFTOKEN": ["\xff", "x" * 500],
    "HTTP_USER_AGENT": ["", "\xff" * 400],
}

PATHS = [
    "%00",
    "%ED%A0%80",
    "%FF",
    "%",
    "%zz",
    "%0A",
    "%F0%9F%A6%8A",
    "..",
    "%2e%2e%2f",
    "9" * 400,
    "-1",
    "１",
    "a%2Fb",
]
"""One part of an address, as it is written there."""
