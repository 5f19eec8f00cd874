"""Municipalities, their programmes as dated data, and the engine that reads them."""
