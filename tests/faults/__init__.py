"""The register among faults: files taken away, disks that fail, power that goes."""
