#!/usr/bin/env bash
# Prints this node's GPUs as Spark wants them (spark.executor.resource.gpu.discoveryScript):
#   {"name": "gpu", "addresses": ["0", "1"]}
# Exits with 1, and says why, where nvidia-smi is absent or finds none: an executor that asked for a
# GPU must not start without one.
set -euo pipefail

if ! command -v nvidia-smi >/dev/null; then
  echo "gpu-discovery: nvidia-smi is not on the PATH of this node" >&2
  exit 1
fi
addresses=$(nvidia-smi --query-gpu=index --format=csv,noheader | tr -d ' ' | sed 's/.*/"&"/' | paste -sd, -)
if [ -z "$addresses" ]; then
  echo "gpu-discovery: nvidia-smi lists no GPU on this node" >&2
  exit 1
fi
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
