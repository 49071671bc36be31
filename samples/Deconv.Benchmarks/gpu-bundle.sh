#!/usr/bin/env bash
# Builds a bundle for a machine with a GPU, its driver and Python with PyTorch, but without .NET:
#   gpu-bundle.sh [FILE.tar.gz]        default: artifacts/gpu-bundle.tar.gz
# It holds the tests with their goldens, deconv (both with the .NET runtime, which they share), the
# shapes of the benchmarks and Gpu/, whose run.sh is the way in.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$root/artifacts"
bundle=$(realpath "${1:-$root/artifacts/gpu-bundle.tar.gz}")
most=$((60 << 20))

folder=$(mktemp -d -p "$root/artifacts")
trap 'rm -rf "$folder"' EXIT
stage=$folder/gpu-bundle
mkdir "$stage"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
for project in Deconv.Tests samples/Deconv.Cli; do
    dotnet publish "$root/$project" -c Release -r linux-x64 --self-contained \
        -p:SatelliteResourceLanguages=en -o "$stage/bin"
done
cp "$root"/samples/Deconv.Benchmarks/Gpu/* "$root/samples/shapes.json" "$stage"
git -C "$root" describe --always --dirty >"$stage/commit" || echo unknown >"$stage/commit"

# Drivers of GPUs bring OpenCL, but often not the library through which programs find it.
mkdir "$stage/loader"
loader=$(ldconfig -p | sed -n 's/.*libOpenCL\.so\.1 (.*x86-64.*) => //p' | head -n 1)
if [ -n "$loader" ]; then
    cp -L "$loader" "$stage/loader/libOpenCL.so.1"
else
    "$root/.ci/debian13" cp -L /usr/lib/x86_64-linux-gnu/libOpenCL.so.1 "$stage/loader/" ||
        echo "gpu-bundle: without an OpenCL loader, which this machine lacks"
fi

tar --create --gzip --file "$bundle" --directory "$folder" gpu-bundle
size=$(stat --format %s "$bundle")
printf 'gpu-bundle: %s, %s MiB\n' "$bundle" "$((size >> 20))"
[ "$size" -le "$most" ] || {
    echo "gpu-bundle: larger than $((most >> 20)) MiB"
    exit 1
}
