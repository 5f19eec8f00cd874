# The image of web, worker and beat. Its steps are the scripts that `make demo` runs, so what is tried every day and
# what is deployed cannot drift apart (tests/scripts/test_image.py holds that).
FROM debian:12-slim

ENV LC_ALL=C.UTF-8 PYTHONUNBUFFERED=1 \
    PATH=/srv/portal/.venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=postpartum_portal.settings.production
WORKDIR /srv/portal

COPY scripts/install-packages.sh scripts/
COPY scripts/packages scripts/packages
RUN scripts/install-packages.sh run
RUN rm -rf /var/lib/apt/lists/*

COPY scripts/install-python.sh scripts/
COPY requirements.txt .
RUN scripts/install-python.sh requirements.txt

# Figures for Prometheus and files in an object store, where somebody asks for them.
ARG EXTRAS=
COPY requirements-extras.txt .
RUN test -z "$EXTRAS" || scripts/install-python.sh requirements-extras.txt

COPY . .
RUN python -m scripts.production_sample python manage.py collectstatic --no-input

# A home, because fontconfig keeps its cache there; var/media is where a volume is mounted.
RUN useradd --create-home --uid 10001 portal
RUN install --directory --owner portal --group portal var/media
USER portal

EXPOSE 8000
# No access log: it would keep query strings. The portal writes its own lines, without personal data.
CMD ["gunicorn", "postpartum_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--graceful-timeout", "30", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
