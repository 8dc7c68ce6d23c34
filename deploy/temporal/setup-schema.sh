#!/bin/sh
# Makes Temporal's two databases and brings their schema to the server's version. Repeating it changes nothing.
set -eu
for database in temporal temporal_visibility; do
  tool="temporal-sql-tool --plugin postgres12 --ep $POSTGRES_SEEDS -u $POSTGRES_USER -p $DB_PORT --db $database"
  $tool create
  # Fails where the schema exists; what matters is whether the update after it works.
  $tool setup-schema -v 0.0 || true
  case $database in temporal) folder=temporal ;; *) folder=visibility ;; esac
  $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$folder/versioned"
done
