"""Who may do what: people, their accounts, sessions and tokens. No Flask here."""
