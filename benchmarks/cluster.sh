#!/usr/bin/env bash
# Bulk on a cluster of three machines that share nothing but an object storage; one of them is killed in the middle.
#
#     sudo benchmarks/cluster.sh [--pages 600]      Linux, as root; options go to cluster.py
#
# Each machine is a set of namespaces: its own network (10.77.0.1, .2, .3 on a bridge), processes, host name and files. What can be
# written (/tmp with the home, Ray's memory) is its own; the programs are seen read-only, as if installed from one image. Storage is moto's
# S3 server on the bridge. cluster.py runs the jobs, kills a machine and compares with one machine's results.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(dirname "$here")
python=$root/.venv/bin/python; bridge=bayegan0; net=10.77
[ "$(id -u)" = 0 ] && command -v unshare ip nsenter >/dev/null || { echo "cluster.sh needs Linux's namespaces: run it as root"; exit 2; }

storage=$root/build/cluster/bin
[ -x "$storage/moto_server" ] || { "$python" -m venv "$root/build/cluster" && "$storage/pip" install -q 'moto[server]>=5'; }
work=$(mktemp -d); started=()
clean() {
  kill -9 "${started[@]}" 2>/dev/null || true
  for n in 1 2 3; do ip netns del bayegan$n 2>/dev/null || true; done
  ip link del $bridge 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT

ip link add $bridge type bridge; ip addr add $net.0.254/16 dev $bridge
for host in 1 2 3 4 5 6; do ip addr add $net.9.$host/16 dev $bridge; done  # newsrooms
ip link set $bridge up
for n in 1 2 3; do
  ip netns add bayegan$n
  ip link add bayegan$n type veth peer name eth0 netns bayegan$n
  ip link set bayegan$n master $bridge up
  ip -n bayegan$n addr add $net.0.$n/16 dev eth0; ip -n bayegan$n link set eth0 up; ip -n bayegan$n link set lo up
done

export AWS_ACCESS_KEY_ID=bayegan AWS_SECRET_ACCESS_KEY=bayegan AWS_DEFAULT_REGION=us-east-1 AWS_ENDPOINT_URL=http://$net.0.254:5077
export PYTHONPATH=$root RAY_USAGE_STATS_ENABLED=0 RAY_memory_monitor_refresh_ms=0
"$storage/moto_server" -H $net.0.254 -p 5077 >"$work/storage.log" 2>&1 & started+=($!)

# The first process of a machine: its own files, then Ray.
machine='
  hostname machine$1; mount -t proc proc /proc
  for folder in /tmp /var/tmp /dev/shm; do mount -t tmpfs tmpfs $folder; done; mkdir -p /tmp/home; export HOME=/tmp/home
  mount -o remount,bind,ro /
  where=$([ "$1" = 1 ] && echo "--head --port=6379 --include-dashboard=false" || echo "--address='$net'.0.1:6379")
  exec '"$python"' -m ray.scripts.scripts start $where --node-ip-address='$net'.0.$1 --num-cpus=1 \
    --object-store-memory=100000000 --disable-usage-stats --block'
machines=()
for n in 1 2 3; do
  ip netns exec bayegan$n unshare --mount --uts --ipc --pid --fork --kill-child bash -c "$machine" bash $n >"$work/$n.log" 2>&1 &
  started+=($!)
  for _ in $(seq 50); do first=$(pgrep -P $! || true); [ -n "$first" ] && break; sleep 0.1; done
  machines+=("$first")
  [ $n = 1 ] && sleep 8
done
"$python" "$here/cluster.py" --machines "${machines[@]}" --work "$work" "$@" || { tail -n 5 "$work"/*.log; exit 1; }
