"""Times torch's conv_transpose2d on a file of shapes, and the most that the machine can do, as JSON."""

import argparse
import json
import statistics
import time

import torch

# Name of the precision, element type, whether products may be of TF32.
PRECISIONS = [
    ("float32", torch.float32, False),
    ("tf32", torch.float32, True),
    ("float16", torch.float16, False),
    ("bfloat16", torch.bfloat16, False),
]
LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
FLUSHED_BYTES = 256 << 20


class Clock:
    """Median milliseconds of calls: by the device's events, after other memory was written, or the host's."""

    def __init__(self, device: str, quick: bool):
        self.rounds = 3 if quick else 30
        self.warm_up = 0.0 if quick else 0.3
        self.flushed = torch.empty(FLUSHED_BYTES, dtype=torch.uint8, device=device) if device == "cuda" else None

    def median(self, call) -> float:
        end = time.perf_counter() + self.warm_up
        self._time(call)
        while time.perf_counter() < end:
            self._time(call)
        return statistics.median(self._time(call) for _ in range(self.rounds))

    def _time(self, call) -> float:
        if self.flushed is None:
            start = time.perf_counter()
            call()
            return 1e3 * (time.perf_counter() - start)
        torch.cuda.synchronize()
        first, last = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        self.flushed.zero_()
        first.record()
        call()
        last.record()
        last.synchronize()
        return first.elapsed_time(last)


def allow_tf32(allowed: bool) -> None:
    torch.backends.cudnn.allow_tf32 = allowed
    torch.backends.cuda.matmul.allow_tf32 = allowed


def peaks(clock: Clock, device: str, quick: bool) -> dict:
    """GB/s of a copy, read and written counted, and TFLOP/s of a square product of matrices."""
    count = 1 << (20 if quick else 28)
    source, target = (torch.empty(count, device=device).uniform_(-1, 1) for _ in range(2))
    copy_ms = clock.median(lambda: target.copy_(source))
    found = {"copy_gbs": 2 * source.element_size() * count / copy_ms / 1e6}
    del source, target
    n = 256 if quick else 8192
    for name, dtype, tf32 in PRECISIONS:
        allow_tf32(tf32)
        a, b = (torch.empty(n, n, device=device).uniform_(-1, 1).to(dtype) for _ in range(2))
        found[f"{name}_tflops"] = 2 * n**3 / clock.median(lambda: a @ b) / 1e9
    return found


def time_shape(clock: Clock, device: str, shape: dict, dtype: torch.dtype, layout: torch.memory_format) -> float:
    x = torch.empty(shape["n"], shape["ci"], shape["h"], shape["w"], device=device).uniform_(-1, 1)
    w = torch.empty(shape["ci"], shape["co"] // shape["g"], *shape["k"], device=device).uniform_(-1, 1)
    x, w = (tensor.to(dtype).to(memory_format=layout) for tensor in (x, w))

    def call() -> torch.Tensor:
        return torch.nn.functional.conv_transpose2d(
            x, w, None, shape["s"], shape["p"], shape["op"], shape["g"], shape["d"]
        )

    call().fill_(float("nan"))  # The next result is likely to lie in the same memory.
    ms = clock.median(call)
    if call().isnan().any():
        raise RuntimeError(f"{shape['name']} is not computed whole")
    return ms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", required=True)
    parser.add_argument("--device", choices=["cuda", "cpu"], required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", required=True)
    options = parser.parse_args()
    with open(options.shapes, encoding="utf-8") as file:
        shapes = json.load(file)
    torch.backends.cudnn.benchmark = True
    clock = Clock(options.device, options.quick)
    result = {
        "torch": torch.__version__,
        "cudnn": torch.backends.cudnn.version() if options.device == "cuda" else None,
        "device": torch.cuda.get_device_name() if options.device == "cuda" else "cpu",
        "peaks": peaks(clock, options.device, options.quick),
        "rows": [],
        "failures": [],
    }
    for shape in shapes:
        for precision, dtype, tf32 in PRECISIONS:
            allow_tf32(tf32)
            for layout, memory_format in LAYOUTS.items():
                row = {"name": shape["name"], "precision": precision, "layout": layout}
                try:
                    row["ms"] = time_shape(clock, options.device, shape, dtype, memory_format)
                    result["rows"].append(row)
                except RuntimeError as error:
                    result["failures"].append(row | {"error": str(error).splitlines()[0]})
    with open(options.json, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
    print(f"{len(result['rows'])} timed, {len(result['failures'])} refused by torch {torch.__version__}")


if __name__ == "__main__":
    with torch.inference_mode():
        main()
