"""Measurements, most of them beside a floor: `python -m bench [NAME …] [--full]`."""
