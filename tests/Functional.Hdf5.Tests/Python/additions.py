"""Changes a file that the writer wrote, as a user of h5py may.

usage: additions.py file.h5
"""
import sys

import h5py

with h5py.File(sys.argv[1], "a") as file:
    file["numbers/added"] = [h5py.h5t.IEEE_F32LE.dtype.type(value) for value in (1, 2)]
    file.attrs["added"] = "text"
    file["many"].attrs["added"] = 1
    file["empty_group/member"] = 5
    del file["many/member 17"]
