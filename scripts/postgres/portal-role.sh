#!/bin/sh
# Runs once, when the database is made: the role as which web, worker and beat sign in. It owns nothing; its rights it
# gets from `manage.py grant_rights --to portal`, after each migrate.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set "password=$PORTAL_PASSWORD" <<'SQL'
CREATE ROLE portal LOGIN PASSWORD :'password';
SQL
