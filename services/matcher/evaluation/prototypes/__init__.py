"""Comparing labelled sentences with prototypes of screening's rules, without a platform."""
