"""Files that come in and files that go out: what is hostile meets a sentence or becomes harmless."""
