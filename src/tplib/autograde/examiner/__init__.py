"""The trusted side: asks a candidate, and judges what comes back."""
