"""Text to terms: folding, segmentation, sentences. Offsets always point into the verbatim text."""
