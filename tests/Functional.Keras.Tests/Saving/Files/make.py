"""Makes the files in this folder: arrays as NumPy 1.24 writes them, and safetensors files made from their description.

usage: make.py, in this folder
"""
import json
import struct

import numpy

CODES = ["|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", ">i4", ">f2", ">f8"]
arrays = {}
for position, code in enumerate(CODES):
    values = (numpy.arange(24) * 7 + position).reshape(2, 3, 4) % 100
    arrays[f"row_{position}_{code[1:]}"] = values.astype(code)
    arrays[f"column_{position}_{code[1:]}"] = numpy.asfortranarray(values.astype(code))
arrays["scalar"] = numpy.float32(2.5)
arrays["empty"] = numpy.zeros((0, 3), "f4")
arrays["line"] = numpy.arange(5, dtype="f8")
arrays["matrix_120_7"] = numpy.arange(840, dtype="i4").reshape(120, 7)

numpy.savez("stored.npz", **arrays)
numpy.savez_compressed("compressed.npz", **arrays)
numpy.save("row.npy", arrays["row_10_f4"])
numpy.save("column.npy", arrays["column_10_f4"])
numpy.save("scalar.npy", arrays["scalar"])
numpy.save("objects.npy", numpy.array([{}, None], dtype=object))
numpy.save("structured.npy", numpy.zeros(2, [("a", "f4"), ("b", "i4")]))
with open("version2.npy", "wb") as file:
    numpy.lib.format.write_array(file, arrays["line"], version=(2, 0))

parts = [("a", "F32", (2, 2), numpy.arange(4, dtype="<f4").tobytes()),
         ("b/c", "BF16", (2,), bytes([0x80, 0x3F, 0x20, 0xC0])),
         ("flags", "BOOL", (3,), bytes([1, 0, 1])),
         ("none", "I64", (0, 2), b"")]
header, data = {"__metadata__": {"format": "pt"}}, b""
for name, code, shape, content in parts:
    header[name] = {"dtype": code, "shape": list(shape), "data_offsets": [len(data), len(data) + len(content)]}
    data += content
text = json.dumps(header).encode()
with open("arrays.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
