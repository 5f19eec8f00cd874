"""The letter of a decision: what it says, its number, its reasons, its pages."""
