"""A Home Assistant that keeps account of its event loop, as a process of its own."""
