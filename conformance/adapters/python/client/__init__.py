"""A client of the protocol, both profiles, written from the chapters of spec/."""
