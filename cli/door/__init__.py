"""The door for programs: Sightline's commands as tools of the Model Context Protocol, read only.

A tool is a command: its parameters, checks, answer and one-line errors are those of the command line, so that
what holds there holds here. `tools` says which commands are offered, and with which of their parameters.
"""
