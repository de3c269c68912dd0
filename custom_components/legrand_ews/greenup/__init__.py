"""Green'Up in Home Assistant: meters, stations, and the loop that drives them.

What is decided, and why, is the core's business (``ews.charging``); here readings are
brought to it and its orders carried out.
"""
