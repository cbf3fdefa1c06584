"""The browser's pages and the JSON interface. Only this folder knows Flask."""
