"""The promises about speed, as ratios to a ceiling measured in the same run: `python -m bench [SUBJECT]`."""
