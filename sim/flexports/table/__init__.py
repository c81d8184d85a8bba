"""Results as people read them: sentences, tables that fit 80 columns, and HTML for notebooks."""
