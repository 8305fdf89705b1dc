"""Documents that people print and carry: one content model, typeset as PDF and as DOCX."""
