#!/bin/sh
# Makes the two roles and the database when PostgreSQL makes its data: docs/operations.md, "Two roles".
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv owner LEDGER_OWNER_PASSWORD
\getenv serve LEDGER_SERVE_PASSWORD
CREATE ROLE ledger_owner LOGIN PASSWORD :'owner';
CREATE ROLE ledger_serve LOGIN PASSWORD :'serve';
CREATE DATABASE sluice OWNER ledger_owner;
SQL
