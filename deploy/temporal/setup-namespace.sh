#!/bin/sh
# The namespace and its search attributes: four, without names or personal data. Repeating it changes nothing.
set -eu
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 72h
temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name OrgId --type Keyword --name JobType --type Keyword --name AssetId --type Keyword --name JobId --type Keyword
