import json
import struct

import torch

# ----------------------------------------------------------------------------------------------------------------------
# Files: safetensors, read and written without a package of their own
# ----------------------------------------------------------------------------------------------------------------------


def read_file(path):
    """Tensors and metadata of a safetensors file of float32 numbers: ({name: tensor}, {key: text})."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length].decode("utf-8"))
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise SystemExit(f"{path}: {name} is {entry['dtype']}; only float32 (F32) is read here.")
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(content[begin:end]), dtype=torch.float32) if end > begin else torch.zeros(0)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata


def write_file(path, tensors, metadata):
    """Writes {name: tensor} as safetensors. The metadata's values are texts."""
    header, data, at = {"__metadata__": metadata}, [], 0
    for name in sorted(tensors):
        tensor = tensors[name].detach().to("cpu", torch.float32).contiguous()
        size = 4 * tensor.numel()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        data.append(tensor.numpy().tobytes())
        at += size
    text = json.dumps(header, ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(data))
