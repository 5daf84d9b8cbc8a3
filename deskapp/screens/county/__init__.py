"""The county's screens: many points at a glance, one of them, taking their bundles in."""
