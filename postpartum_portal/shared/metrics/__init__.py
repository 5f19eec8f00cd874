"""What operators watch: how requests are answered, what waits, what is away. Counts and seconds only.

Nothing here tells of a person, a municipality or a facility: in a town of ten births a year a count of one is somebody.
It is an extra (`prometheus-client`), and off until PROMETHEUS_MULTIPROC_DIR names a folder.
"""
