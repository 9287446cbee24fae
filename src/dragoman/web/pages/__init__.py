"""The pages: a module each, with the typed context of its template and the function that builds it."""
