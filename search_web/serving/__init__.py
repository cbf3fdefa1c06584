"""Standing as a server: worker processes, logs and what supervises them. The application itself is search_web.web."""
