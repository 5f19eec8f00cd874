"""Parents' applications: household, birth, documents, screening, decision, entitlement with its ledger, letters."""
