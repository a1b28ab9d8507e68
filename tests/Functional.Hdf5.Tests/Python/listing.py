"""Lists an HDF5 file as h5py reads it, one line for every group, dataset and attribute.

usage: listing.py file.h5
       listing.py file.keras
The lines are what Listing.cs writes for the same file: kind, path, element type, shape, and the elements (numbers as
the hexadecimal digits of their little-endian bytes, texts as those of their UTF-8 bytes), hashed if they are long.
"""
import hashlib
import io
import sys
import zipfile

import h5py
import numpy

LONGEST = 128


def element_type(dtype):
    if h5py.check_string_dtype(dtype) is not None:
        return "String"
    kind, size = dtype.kind, dtype.itemsize
    if kind == "b":
        return "Boolean"
    name = {"i": "Int", "u": "UInt", "f": "Float"}.get(kind)
    return f"{name}{8 * size}" if name else "Unsupported"


def text_bytes(value):
    return value.encode("utf-8") if isinstance(value, str) else bytes(value)


def content(values, kind):
    if kind == "String":
        texts = [values] if isinstance(values, (str, bytes)) else numpy.asarray(values, dtype=object).ravel()
        return ",".join(text_bytes(text).hex() for text in texts)
    if kind == "Unsupported":
        return ""
    values = numpy.asarray(values)
    return numpy.ascontiguousarray(values.astype(values.dtype.newbyteorder("<"))).tobytes().hex()


def short(text):
    return text if len(text) <= LONGEST else "sha256:" + hashlib.sha256(text.encode("ascii")).hexdigest()


def line(kind, path, values, dtype):
    if isinstance(values, h5py.Empty):
        return f"{kind} {path} null"
    element = element_type(dtype)
    shape = () if isinstance(values, (str, bytes)) else numpy.shape(values)
    return f"{kind} {path} {element} ({','.join(map(str, shape))}) {short(content(values, element))}"


def attribute_lines(path, owner):
    for name in owner.attrs:
        values = owner.attrs[name]
        dtype = owner.attrs.get_id(name).dtype
        if getattr(dtype, "subdtype", None):
            dtype = dtype.subdtype[0]
        if h5py.check_enum_dtype(dtype) is not None:
            dtype = numpy.asarray(values).dtype
        yield line("attribute", f"{path} {name}", values, dtype)


def lines(path, group):
    yield f"group {path}"
    yield from attribute_lines(path, group)
    for name in group:
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            continue
        member = group[name]
        member_path = (path if path != "/" else "") + "/" + name
        if isinstance(member, h5py.Group):
            yield from lines(member_path, member)
        elif isinstance(member, h5py.Dataset):
            yield line("dataset", member_path, member[()], member.dtype)
            yield from attribute_lines(member_path, member)


def opened(path):
    if path.endswith(".keras"):
        return h5py.File(io.BytesIO(zipfile.ZipFile(path).read("model.weights.h5")), "r")
    return h5py.File(path, "r")


if __name__ == "__main__":
    with opened(sys.argv[1]) as file:
        print("\n".join(sorted(lines("/", file))))
