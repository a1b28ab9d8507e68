"""Writes an HDF5 file with everything the reader claims to read.

usage: features.py file.h5 earliest|latest small|large
"""
import sys

import h5py
import numpy

path, version, size = sys.argv[1:]
is_latest, is_large = version == "latest", size == "large"
random = numpy.random.RandomState(1)


def datasets(group):
    group["scalar"] = numpy.float32(1.5)
    group["empty"] = numpy.zeros((0, 3), "f4")
    group.create_dataset("null", data=h5py.Empty("f4"))
    for code in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
        for order in "<>":
            values = (100 * random.randn(3, 4)).astype(order + code)
            group[("big_" if order == ">" else "little_") + code] = values
    group["bool"] = numpy.array([[True, False], [False, True]])
    colours = h5py.enum_dtype({"red": 0, "green": 1, "blue": 42}, basetype="i2")
    group.create_dataset("enum", data=numpy.array([0, 42, 1], "i2"), dtype=colours)
    group["bytes"] = numpy.array([b"one", b"three", b""], "S7")
    utf8 = h5py.string_dtype("utf-8")
    group.create_dataset("texts", data=["", "zero", "\u00e9\u4e2d\U0001f600", "x" * 300], dtype=utf8)
    group.create_dataset("ascii_texts", data=["a", "bc"], dtype=h5py.string_dtype("ascii"))
    group["fixed_utf8"] = numpy.array(["\u00e9\u00e8".encode()], h5py.string_dtype("utf-8", 8))
    group["compound"] = numpy.zeros(2, [("a", "f4"), ("b", "i4")])
    group["committed_type"] = numpy.dtype("f8")
    group.create_dataset("of_committed_type", data=[1.0, 2.0], dtype=group["committed_type"])
    padded = h5py.h5t.C_S1.copy()
    padded.set_size(6)
    for name, padding in [("space", h5py.h5t.STR_SPACEPAD), ("zero_terminated", h5py.h5t.STR_NULLTERM)]:
        padded.set_strpad(padding)
        low_level(group, "padded_" + name, padded, (2,), numpy.array([b"ab", b"c"], "S6"), lambda plist: None)


def low_level(group, name, datatype, shape, values, configure):
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    configure(plist)
    dataset = h5py.h5d.create(group.id, name.encode(), datatype, h5py.h5s.create_simple(shape), plist)
    if values is not None:
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, numpy.ascontiguousarray(values))


def layouts(group):
    values = random.randn(23, 17).astype("f4")
    integers = (1000 * random.rand(50, 7)).astype(">i4")
    low_level(group, "compact", h5py.h5t.IEEE_F32LE, (23, 17), values, lambda p: p.set_layout(h5py.h5d.COMPACT))
    group.create_dataset("never_written", (4, 5), "f4", fillvalue=2.5)
    group.create_dataset("never_written_zero", (4, 5), "i4")
    group.create_dataset("chunked", data=values, chunks=(5, 4))
    group.create_dataset("one_chunk", data=values, chunks=(23, 17))
    group.create_dataset("one_filtered_chunk", data=values, chunks=(23, 17), compression="gzip")
    group.create_dataset("gzip", data=values, chunks=(5, 4), compression="gzip", compression_opts=9)
    group.create_dataset("shuffle", data=values, chunks=(5, 4), shuffle=True)
    group.create_dataset("fletcher", data=values, chunks=(5, 4), fletcher32=True)
    group.create_dataset("all_filters", data=integers, chunks=(8, 7), compression="gzip", shuffle=True, fletcher32=True)
    group.create_dataset("growing", data=values, chunks=(5, 4), maxshape=(None, 17))
    group.create_dataset("growing_inner", data=values, chunks=(5, 4), maxshape=(30, None))
    group.create_dataset("growing_filtered", data=values, chunks=(2, 3), maxshape=(None, 20), compression="gzip")
    group.create_dataset("growing_both", data=values, chunks=(5, 4), maxshape=(None, None))
    group.create_dataset("growing_both_filtered", data=values, chunks=(3, 2), maxshape=(None, None), compression="gzip")
    group.create_dataset("limited", data=values, chunks=(5, 4), maxshape=(40, 30))
    group.create_dataset("texts", data=["a", "bb", "ccc"] * 5, chunks=(4,), dtype=h5py.string_dtype())
    group.create_dataset("bytes", data=numpy.arange(301, dtype="u1"), chunks=(100,), fletcher32=True)
    group.create_dataset("line", data=numpy.arange(300.0), chunks=(1,), maxshape=(None,))
    group.create_dataset("cube", data=random.randn(5, 6, 7), chunks=(2, 3, 4), compression="gzip", shuffle=True)
    sparse = group.create_dataset("sparse", (100, 100), "f4", chunks=(7, 9), fillvalue=-1.0)
    sparse[40:55, 50:60] = 3.0
    low_level(group, "early", h5py.h5t.IEEE_F32LE, (23, 17), values,
              lambda p: (p.set_chunk((5, 4)), p.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)))
    if is_large:
        group.create_dataset("pages", data=numpy.arange(5000, dtype="i2"), chunks=(1,))
        partly = group.create_dataset("missing_pages", (5000,), "i2", chunks=(1,))
        partly[4000:4100] = 7
        group.create_dataset("growing_pages", data=numpy.arange(140000) % 251, dtype="u1", chunks=(1,), maxshape=(None,))


def attributes(owner):
    owner.attrs["text"] = "\u00e9\u4e2d"
    owner.attrs["empty_text"] = ""
    owner.attrs["texts"] = ["dense", "dense_1", ""]
    owner.attrs["bytes"] = numpy.bytes_(b"ascii")
    owner.attrs["bytes_array"] = numpy.array([b"kernel:0", b"bias:0"])
    owner.attrs["empty_array"] = []
    owner.attrs["number"] = 3
    owner.attrs["half"] = numpy.float16(0.1)
    owner.attrs["big"] = numpy.arange(4, dtype=">f8")
    owner.attrs["flag"] = True
    owner.attrs["flags"] = numpy.array([True, False])
    owner.attrs["null"] = h5py.Empty("f4")
    owner.attrs["json"] = '{"layers": ["' + "x" * (70000 if is_large else 3000) + '"]}'
    owner.attrs.create("array_type", numpy.arange(6).reshape(2, 3), shape=(2, 3), dtype=numpy.dtype(("<i4", (2, 3))))
    owner.attrs.create("arrays", numpy.arange(12).reshape(2, 6), shape=(2, 6), dtype=numpy.dtype(("<f4", (6,))))


with h5py.File(path, "w", libver=version) as file:
    attributes(file)
    datasets(file.create_group("datasets"))
    layouts(file.create_group("layouts"))
    owner = file.create_dataset("with_attributes", data=[1, 2, 3])
    attributes(owner)
    for index in range(300 if is_large else 40):
        owner.attrs[f"attribute {index}"] = f"value {index}"
    if is_latest:
        owner.attrs["large"] = numpy.arange(20000.0 if is_large else 700.0)
    many = file.create_group("many")
    for index in range(2500 if is_large else 60):
        many[f"member {index}"] = index
    ordered = file.create_group("ordered", track_order=True)
    for index in range(30):
        ordered[f"member {99 - index}"] = index
        ordered.attrs[f"attribute {99 - index}"] = index
    file["soft"] = h5py.SoftLink("/many")
    file["external"] = h5py.ExternalLink("other.h5", "/")
    file["second_name"] = owner
    file["a/b/c/d/\u00e9"] = 1.0
