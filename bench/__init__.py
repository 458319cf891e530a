"""What is measured, each with a floor to compare with: `python -m bench [NAME …] [--full]`."""
