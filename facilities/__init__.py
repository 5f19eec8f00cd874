"""Facilities, their contracts and capacity, and the bookings that take units and places."""
