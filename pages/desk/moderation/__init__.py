"""Keeping order, for staff: appeals, flags, suspensions, what is set aside."""
