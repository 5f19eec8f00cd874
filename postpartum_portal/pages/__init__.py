"""Screens that join application, booking and programme. No models; the apps are reached by their public door."""
