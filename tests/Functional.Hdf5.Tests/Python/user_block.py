"""Writes a file that begins with a user block.

usage: user_block.py file.h5
"""
import sys

import h5py

with h5py.File(sys.argv[1], "w", userblock_size=1024) as file:
    file.create_dataset("group/values", data=[1, 2, 3], dtype="i4")
