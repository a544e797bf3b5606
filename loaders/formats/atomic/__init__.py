"""Tests of Atomic Red Team: what exercises a technique on a platform."""
