"""Chapter E: is it taught as planned. The audit raises evidence, a person decides."""
